import { symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const exp = defineUnary({
  name: 'exp',
  doc: 'e raised to each element.',
  forward: Math.exp,
  derivative: symbol('y'),
});
