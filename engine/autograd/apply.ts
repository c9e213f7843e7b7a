import { isDifferentiable } from '../ops/rules.ts';
import { ops } from '../ops/index.ts';
import type { OpName } from '../ops/index.ts';
import { runtime } from '../tensor/current-runtime.ts';
import { type DType, isFloat, promote } from '../tensor/dtype.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { isRecording } from './grad-mode.ts';
import { Tensor } from './tensor.ts';

const none: Attributes = {};

/**
 * Makes one node: decides shape and dtype, says whether it takes part in the gradient, and hands it to the runtime.
 * @throws ShapeError when the op's shape rule does not hold.
 */
export function apply(name: OpName, inputs: readonly Tensor[], attributes: Attributes = none): Tensor {
  const op = ops[name]!;
  const shape = op.shape(
    inputs.map((input) => input.shape),
    attributes,
  );
  const dtype = resultType(name, inputs);
  const requiresGrad =
    isRecording() && isFloat(dtype) && inputs.some((input, i) => input.requiresGrad && isDifferentiable(name, i));
  const what = { shape, dtype, requiresGrad };
  return new Tensor(
    runtime().apply(
      name,
      inputs.map((input) => input.handle),
      attributes,
      what,
    ),
    what,
  );
}

function resultType(name: OpName, inputs: readonly Tensor[]): DType {
  const { result } = ops[name]!;
  if (result === 'bool') return 'bool';
  // A condition chooses, it is not part of the result.
  const types = (name === 'where' ? inputs.slice(1) : inputs).map((input) => input.dtype);
  const promoted = types.reduce(promote);
  if (result === 'promote') return promoted;
  return isFloat(promoted) ? promoted : promote(promoted, 'float32');
}
