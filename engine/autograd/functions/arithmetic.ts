import { apply } from '../apply.ts';
import { type TensorLike, asTensor } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import { binary, unary } from './arguments.ts';

export const add = binary('add');
export const sub = binary('sub');
export const mul = binary('mul');
export const div = binary('div');
export const pow = binary('pow');
export const maximum = binary('maximum');
export const minimum = binary('minimum');

export const neg = unary('neg');
export const abs = unary('abs');
export const square = unary('square');
export const sqrt = unary('sqrt');
export const sign = unary('sign');

/** Each element, moved to the nearer end where it is outside [min, max]. An end that is null is open. */
export const clamp = (x: TensorLike, min: number | null = null, max: number | null = null): Tensor =>
  apply('clamp', [asTensor(x)], { min, max });
