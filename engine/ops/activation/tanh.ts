import { minus, number, squared, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

/** Squashes to (−1, 1). Its derivative fades to 0 as |y| nears 1, the usual cause of a vanishing gradient. */
export const tanh = defineUnary({
  name: 'tanh',
  doc: 'Hyperbolic tangent of each element.',
  forward: Math.tanh,
  derivative: minus(number(1), squared(symbol('y'))),
});
