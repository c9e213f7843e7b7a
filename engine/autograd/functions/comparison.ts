import { apply } from '../apply.ts';
import { type TensorLike, asTensor } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import { binary, together } from './arguments.ts';

export const greater = binary('greater');
export const greaterEqual = binary('greaterEqual');
export const less = binary('less');
export const lessEqual = binary('lessEqual');
export const equal = binary('equal');

/** Elements of `a` where the condition is not 0, else of `b`. */
export const where = (condition: TensorLike, a: TensorLike, b: TensorLike): Tensor =>
  apply('where', [asTensor(condition), ...together(a, b)]);
