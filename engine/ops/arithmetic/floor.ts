import { number } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const floor = defineUnary({
  name: 'floor',
  doc: 'The largest integer that is not above each element.',
  forward: Math.floor,
  derivative: number(0),
  result: 'promote',
  convention: 'the derivative is taken as 0 everywhere, at the jumps too',
});
