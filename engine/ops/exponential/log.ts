import { number, over, symbol } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const log = defineUnary({
  name: 'log',
  doc: 'Natural logarithm of each element.',
  forward: Math.log,
  derivative: over(number(1), symbol('x')),
  samples: [
    { shapes: [[]], range: [0.5, 2] },
    { shapes: [[2, 3]], range: [0.5, 2] },
  ],
});
