import { number, over, plus, squared, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const atan = defineUnary({
  name: 'atan',
  doc: 'Inverse tangent of each element, in radians, from −π/2 to π/2.',
  forward: Math.atan,
  derivative: over(number(1), plus(number(1), squared(symbol('x')))),
});
