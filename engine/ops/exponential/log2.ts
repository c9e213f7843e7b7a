import { call, number, over, symbol, times } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const log2 = defineUnary({
  name: 'log2',
  doc: 'Logarithm of each element to base 2.',
  forward: Math.log2,
  derivative: over(number(1), times(symbol('x'), call('log', number(2)))),
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape], range: [0.5, 2] as const })),
});
