import { number, symbol, times } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const square = defineUnary({
  name: 'square',
  doc: 'Square of each element.',
  forward: (x) => x * x,
  derivative: times(number(2), symbol('x')),
  result: 'promote',
});
