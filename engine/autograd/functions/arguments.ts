import { apply } from '../apply.ts';
import { type TensorLike, asTensor } from '../create.ts';
import { Tensor } from '../tensor.ts';
import type { OpName } from '../../ops/index.ts';

/** A function of one tensor without options. */
export const unary =
  (op: OpName) =>
  (x: TensorLike): Tensor =>
    apply(op, [asTensor(x)]);

/** A function of two tensors that broadcast. A plain number takes the dtype of the tensor it meets, on whichever side it stands. */
export const binary =
  (op: OpName) =>
  (a: TensorLike, b: TensorLike): Tensor =>
    apply(op, together(a, b));

export function together(a: TensorLike, b: TensorLike): [Tensor, Tensor] {
  if (a instanceof Tensor) return [a, asTensor(b, a)];
  const second = asTensor(b);
  return [b instanceof Tensor ? asTensor(a, second) : asTensor(a), second];
}

/** Which dimensions a reduction removes: one, several, or all when null. */
export type Dims = number | readonly number[] | null;
