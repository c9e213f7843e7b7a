import { number, plus, squared, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const tan = defineUnary({
  name: 'tan',
  doc: 'Tangent of each element, in radians.',
  forward: Math.tan,
  derivative: plus(number(1), squared(symbol('y'))),
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape], range: [-1.2, 1.2] as const })),
});
