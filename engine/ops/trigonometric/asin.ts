import { call, minus, number, over, squared, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const asin = defineUnary({
  name: 'asin',
  doc: 'Inverse sine of each element, in radians, from −π/2 to π/2.',
  forward: Math.asin,
  derivative: over(number(1), call('sqrt', minus(number(1), squared(symbol('x'))))),
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape], range: [-0.9, 0.9] as const })),
});
