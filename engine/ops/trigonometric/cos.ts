import { call, negative, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const cos = defineUnary({
  name: 'cos',
  doc: 'Cosine of each element, in radians.',
  forward: Math.cos,
  derivative: negative(call('sin', symbol('x'))),
});
