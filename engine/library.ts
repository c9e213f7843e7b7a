/**
 * Retrograd: automatic differentiation for TypeScript. Tensors with NumPy's broadcasting, PyTorch's names in camelCase,
 * reverse-mode gradients, garbage-collected memory. No dependencies.
 *
 * @packageDocumentation
 */
import './autograd/methods.ts';
import { LocalRuntime } from './autograd/local-runtime.ts';
import { useRuntime } from './tensor/current-runtime.ts';

export {
  full,
  type Nested,
  type TensorLike,
  type TensorOptions,
  input,
  ones,
  param,
  randn,
  tensor,
  zeros,
} from './autograd/create.ts';
export * from './autograd/creation.ts';
export * from './autograd/functions/index.ts';
export { type GradcheckOptions, type GradcheckReport, gradcheck } from './autograd/gradcheck.ts';
export { detectAnomaly } from './autograd/anomaly.ts';
export { type GradientExpectation, checkExpectations, expectGradient } from './autograd/expectations.ts';
export { noGrad } from './autograd/grad-mode.ts';
export * from './autograd/transforms/index.ts';
export type { Batch } from './autograd/batches.ts';
export { type BatchedModelOptions, type Model, type ModelOptions, model } from './autograd/model.ts';
export { scope, watch } from './autograd/scope.ts';
export { type NestedNumbers, Tensor } from './autograd/tensor.ts';
export * from './ops/composite/index.ts';
export * as nn from './nn/index.ts';
export * as optim from './optim/index.ts';
export { type DType, setDefaultDtype } from './tensor/dtype.ts';
export { AnomalyError, ArgumentError, ExpectationError, GradientError, NotALoss, ShapeError } from './tensor/errors.ts';
export type { Shape } from './tensor/shape.ts';

useRuntime(new LocalRuntime());
