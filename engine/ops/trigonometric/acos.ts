import { call, minus, negative, number, over, squared, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const acos = defineUnary({
  name: 'acos',
  doc: 'Inverse cosine of each element, in radians, from 0 to π.',
  forward: Math.acos,
  derivative: negative(over(number(1), call('sqrt', minus(number(1), squared(symbol('x')))))),
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape], range: [-0.9, 0.9] as const })),
});
