import { number, over, symbol, times } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const sqrt = defineUnary({
  name: 'sqrt',
  doc: 'Square root of each element.',
  forward: Math.sqrt,
  derivative: over(number(1), times(number(2), symbol('y'))),
  samples: [
    { shapes: [[]], range: [0.5, 2] },
    { shapes: [[2, 3]], range: [0.5, 2] },
  ],
});
