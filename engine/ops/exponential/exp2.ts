import { call, number, symbol, times } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const exp2 = defineUnary({
  name: 'exp2',
  doc: '2 raised to each element.',
  forward: (x) => 2 ** x,
  derivative: times(symbol('y'), call('log', number(2))),
});
