import { runtime } from '../../tensor/current-runtime.ts';
import type { DType } from '../../tensor/dtype.ts';
import { placesOf } from '../../tensor/kernels/indexing.ts';
import type { Shape } from '../../tensor/shape.ts';
import { type Nested, type TensorLike, tensor } from '../create.ts';
import { Tensor } from '../tensor.ts';

/**
 * An index, checked here already and not only by the kernel: where a model's records are replayed later, the place of a
 * mistake would be lost.
 * @throws ShapeError naming the op, the index and how far indices go.
 */
export function indexFor(op: string, index: TensorLike, where: string, size: number): Tensor {
  if (index instanceof Tensor) {
    if (runtime().arePlaces?.(index.handle, size) !== true) placesOf(op, index.data, where, size);
    return index;
  }
  placesOf(op, numbersOf(index), where, size);
  return tensor(index, { dtype: 'int32' });
}

const numbersOf = (content: Nested): number[] =>
  typeof content === 'object' ? Array.from(content as ArrayLike<Nested>).flatMap(numbersOf) : [Number(content)];

/** A constant of numbers that lie in a row already. */
export function constantOf(content: ArrayLike<number>, shape: Shape, dtype: DType): Tensor {
  const what = { shape, dtype, requiresGrad: false };
  return new Tensor(runtime().leaf('constant', content, what), what);
}
