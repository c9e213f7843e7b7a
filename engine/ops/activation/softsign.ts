import { call, number, over, plus, squared, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const softsign = defineUnary({
  name: 'softsign',
  doc: 'x / (1 + |x|) of each element.',
  forward: (x) => x / (1 + Math.abs(x)),
  derivative: over(number(1), squared(plus(number(1), call('abs', symbol('x'))))),
});
