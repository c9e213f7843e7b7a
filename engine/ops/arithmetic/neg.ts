import { number } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const neg = defineUnary({
  name: 'neg',
  doc: 'The negative of each element.',
  forward: (x) => -x,
  derivative: number(-1),
  result: 'count',
});
