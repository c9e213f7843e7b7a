import { Tensor } from '../../autograd/tensor.ts';
import { runtime } from '../../tensor/current-runtime.ts';
import type { DType } from '../../tensor/dtype.ts';
import type { Shape } from '../../tensor/shape.ts';

/** A constant with this content, row-major: what a composite works out by itself, such as a mask. */
export function constant(content: ArrayLike<number>, shape: Shape, dtype: DType): Tensor {
  const what = { shape, dtype, requiresGrad: false };
  return new Tensor(runtime().leaf('constant', content, what), what);
}
