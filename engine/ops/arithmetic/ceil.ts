import { number } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const ceil = defineUnary({
  name: 'ceil',
  doc: 'The smallest integer that is not below each element.',
  forward: Math.ceil,
  derivative: number(0),
  result: 'promote',
  convention: 'the derivative is taken as 0 everywhere, at the jumps too',
});
