import { call, minus, number, over, squared, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const acosh = defineUnary({
  name: 'acosh',
  doc: 'Inverse hyperbolic cosine of each element; NaN below 1.',
  forward: Math.acosh,
  derivative: over(number(1), call('sqrt', minus(squared(symbol('x')), number(1)))),
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape], range: [1.2, 3] as const })),
});
