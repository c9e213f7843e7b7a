import { call, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const abs = defineUnary({
  name: 'abs',
  doc: 'Magnitude of each element.',
  forward: Math.abs,
  derivative: call('sign', symbol('x')),
  result: 'promote',
  convention: 'at 0 the derivative is taken as 0',
});
