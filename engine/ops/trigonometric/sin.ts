import { call, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const sin = defineUnary({
  name: 'sin',
  doc: 'Sine of each element, in radians.',
  forward: Math.sin,
  derivative: call('cos', symbol('x')),
});
