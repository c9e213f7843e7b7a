import { call, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const relu = defineUnary({
  name: 'relu',
  doc: 'Each element where it is positive, else 0.',
  forward: (x) => (x > 0 ? x : x !== x ? x : 0),
  derivative: call('step', symbol('x')),
  result: 'promote',
  convention: 'at 0 the derivative is taken as 0',
});
