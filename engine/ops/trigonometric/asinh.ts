import { call, number, over, plus, squared, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const asinh = defineUnary({
  name: 'asinh',
  doc: 'Inverse hyperbolic sine of each element.',
  forward: Math.asinh,
  derivative: over(number(1), call('sqrt', plus(squared(symbol('x')), number(1)))),
});
