import { number } from '../../expression/expression.ts';
import { round as nearest } from '../../expression/special-functions.ts';
import { defineUnary } from '../define-elementwise.ts';

export const round = defineUnary({
  name: 'round',
  doc: 'The integer nearest to each element; from the middle between two, the even one.',
  forward: nearest,
  derivative: number(0),
  result: 'promote',
  convention: 'the derivative is taken as 0 everywhere, at the jumps too',
});
