import { minus, number, over, squared, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const atanh = defineUnary({
  name: 'atanh',
  doc: 'Inverse hyperbolic tangent of each element; NaN outside [−1, 1].',
  forward: Math.atanh,
  derivative: over(number(1), minus(number(1), squared(symbol('x')))),
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape], range: [-0.9, 0.9] as const })),
});
