import { call, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const cosh = defineUnary({
  name: 'cosh',
  doc: 'Hyperbolic cosine of each element.',
  forward: Math.cosh,
  derivative: call('sinh', symbol('x')),
});
