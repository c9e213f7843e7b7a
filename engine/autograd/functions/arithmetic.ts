import { apply } from '../apply.ts';
import { type TensorLike, asTensor } from '../create.ts';
import { Tensor } from '../tensor.ts';
import { binary, operand, unary } from './arguments.ts';

/** a + b. */
export const add = binary('add');
/** a − b. */
export const sub = binary('sub');
/** a · b, element by element; `matmul` is the product of matrices. */
export const mul = binary('mul');
/** a / b. */
export const div = binary('div');
/** a to the power of b. The derivative of a⁰ is 0, at a = 0 too. */
export const pow = binary('pow');
/** The larger of both; at a tie each takes half of the gradient. */
export const maximum = binary('maximum');
/** The smaller of both; at a tie each takes half of the gradient. */
export const minimum = binary('minimum');
/** What is left of a by division with b: a − b·⌊a / b⌋, of the sign of b, as Python's %. */
export const remainder = binary('remainder');
/** √(a² + b²), whose squares cannot overflow. */
export const hypot = binary('hypot');

/** −x. */
export const neg = unary('neg');
/** |x|; its derivative at 0 is taken as 0. */
export const abs = unary('abs');
/** x². */
export const square = unary('square');
/** √x; NaN below 0. */
export const sqrt = unary('sqrt');
/** 1 / √x. */
export const rsqrt = unary('rsqrt');
/** 1 / x. */
export const reciprocal = unary('reciprocal');
/** −1, 0 or 1. No gradient comes through it: its derivative is taken as 0 everywhere. */
export const sign = unary('sign');
/** The largest integer that is not above x; its derivative is taken as 0 everywhere. */
export const floor = unary('floor');
/** The smallest integer that is not below x; its derivative is taken as 0 everywhere. */
export const ceil = unary('ceil');
/** The nearest integer, and the even one from the middle between two; its derivative is taken as 0 everywhere. */
export const round = unary('round');

/** Each element, moved to the nearer end where it is outside [min, max]. An end that is null is open. */
export const clamp = (x: TensorLike, min: number | null = null, max: number | null = null): Tensor =>
  apply('clamp', [operand('clamp', x)], { min, max });

/** x + weight · (y − x): x where the weight is 0, y where it is 1. The three broadcast. */
export function lerp(x: TensorLike, y: TensorLike, weight: TensorLike): Tensor {
  // Plain numbers take the dtype of whichever is a tensor.
  const like = [x, y, weight].find((one) => one instanceof Tensor);
  return apply(
    'lerp',
    [x, y, weight].map((one) => asTensor(one, like, 'lerp')),
  );
}
