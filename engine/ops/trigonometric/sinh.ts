import { call, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const sinh = defineUnary({
  name: 'sinh',
  doc: 'Hyperbolic sine of each element.',
  forward: Math.sinh,
  derivative: call('cosh', symbol('x')),
});
