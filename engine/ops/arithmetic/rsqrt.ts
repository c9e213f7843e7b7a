import { number, power, symbol, times } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const rsqrt = defineUnary({
  name: 'rsqrt',
  doc: '1 over the square root of each element.',
  forward: (x) => 1 / Math.sqrt(x),
  derivative: times(number(-0.5), power(symbol('y'), number(3))),
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape], range: [0.5, 2] as const })),
});
