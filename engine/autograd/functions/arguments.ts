import { apply } from '../apply.ts';
import { type TensorLike, asTensor } from '../create.ts';
import { type Binary, type Unary, binaryFunction, unaryFunction } from '../shortcuts.ts';
import { Tensor } from '../tensor.ts';
import type { OpName } from '../../ops/index.ts';

/** What a function was given, as a tensor. @throws ArgumentError naming the function */
export const operand = (name: string, value: TensorLike): Tensor => asTensor(value, undefined, name);

/** A function of one tensor without options. */
export const unary = (op: OpName): Unary => unaryFunction(op, (x) => apply(op, [operand(op, x)]));

/** A function of two tensors that broadcast. A plain number takes the dtype of the tensor it meets, on whichever side it stands. */
export const binary = (op: OpName): Binary => binaryFunction(op, (a, b) => apply(op, together(op, a, b)));

/** Two arguments; what is no tensor takes the dtype of the other. @throws ArgumentError naming the function */
export function together(name: string, a: TensorLike, b: TensorLike): [Tensor, Tensor] {
  if (a instanceof Tensor) return [a, asTensor(b, a, name)];
  const second = operand(name, b);
  return [b instanceof Tensor ? asTensor(a, second, name) : operand(name, a), second];
}

/** Which dimensions a reduction removes: one, several, or all when null. */
export type Dims = number | readonly number[] | null;
