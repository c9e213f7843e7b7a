import { ArgumentError } from '../../tensor/errors.ts';
import { apply } from '../apply.ts';
import type { TensorLike } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import { binary, operand, together, unary } from './arguments.ts';
import { pureFunction } from '../shortcuts.ts';

/** Comparisons and logic give 1 or 0 of dtype bool, and pass no gradient. NaN equals nothing, itself included. */
export const greater = binary('greater');
/** a ≥ b. */
export const greaterEqual = binary('greaterEqual');
/** a < b. */
export const less = binary('less');
/** a ≤ b. */
export const lessEqual = binary('lessEqual');
/** a = b, element by element. */
export const equal = binary('equal');
/** a ≠ b, element by element. */
export const notEqual = binary('notEqual');

/** Whether both are true; whatever is not 0 is. */
export const logicalAnd = binary('logicalAnd');
/** Whether at least one is true. */
export const logicalOr = binary('logicalOr');
/** Whether exactly one is true. */
export const logicalXor = binary('logicalXor');
/** Whether an element is 0. */
export const logicalNot = unary('logicalNot');

/** Whether an element is not a number. */
export const isNaN = unary('isNaN');
/** Whether an element is neither infinite nor NaN. */
export const isFinite = unary('isFinite');
/** Whether an element is ∞ or −∞. */
export const isInf = unary('isInf');

/** Elements of `a` where the condition is not 0, else of `b`. The three broadcast. */
export const where = pureFunction((condition: TensorLike, a: TensorLike, b: TensorLike): Tensor =>
  apply('where', [operand('where', condition), ...together('where', a, b)]),
);

/**
 * x, and `value` instead where the mask is not 0. Both broadcast; the value may be −∞, as in an attention mask.
 * @throws ArgumentError for a value that the dtype of x does not have.
 */
export function maskedFill(x: TensorLike, mask: TensorLike, value: number): Tensor {
  const filled = operand('maskedFill', x);
  if (filled.dtype === 'int32' && !Number.isInteger(value))
    throw new ArgumentError(`maskedFill: ${value} is no value of int32, which x is.`);
  const kept = filled.dtype === 'bool' ? Number(value !== 0) : value;
  return apply('maskedFill', [filled, operand('maskedFill', mask)], { value: kept });
}
