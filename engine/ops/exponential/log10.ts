import { call, number, over, symbol, times } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const log10 = defineUnary({
  name: 'log10',
  doc: 'Logarithm of each element to base 10.',
  forward: Math.log10,
  derivative: over(number(1), times(symbol('x'), call('log', number(10)))),
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape], range: [0.5, 2] as const })),
});
