import { negative, over, plus, squared, symbol } from '../../expression/expression.ts';
import { defineElementwise } from '../define-elementwise.ts';

const [a, b] = [symbol('a'), symbol('b')];
const squares = plus(squared(a), squared(b));

export const atan2 = defineElementwise({
  name: 'atan2',
  doc: 'Angle of the point (b, a) from the positive axis, in radians, from −π to π, element by element.',
  inputs: ['a', 'b'],
  forward: Math.atan2,
  derivatives: { a: over(b, squares), b: negative(over(a, squares)) },
});
