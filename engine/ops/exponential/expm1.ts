import { call, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const expm1 = defineUnary({
  name: 'expm1',
  doc: 'e raised to each element, minus 1, without losing digits near 0.',
  forward: Math.expm1,
  derivative: call('exp', symbol('x')),
});
