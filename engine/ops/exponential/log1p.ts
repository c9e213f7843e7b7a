import { number, over, plus, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const log1p = defineUnary({
  name: 'log1p',
  doc: 'Natural logarithm of 1 plus each element, without losing digits near 0.',
  forward: Math.log1p,
  derivative: over(number(1), plus(number(1), symbol('x'))),
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape], range: [-0.5, 2] as const })),
});
