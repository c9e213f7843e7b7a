import { negative, squared, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const reciprocal = defineUnary({
  name: 'reciprocal',
  doc: '1 over each element.',
  forward: (x) => 1 / x,
  derivative: negative(squared(symbol('y'))),
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape], range: [0.5, 2] as const })),
});
