import { call, over, symbol } from '../../expression/expression.ts';
import { defineElementwise } from '../define-elementwise.ts';

export const xlogy = defineElementwise({
  name: 'xlogy',
  doc: 'a · ln b, and 0 where a is 0 even if the logarithm is infinite.',
  inputs: ['a', 'b'],
  forward: (a, b) => (a === 0 ? 0 : a * Math.log(b)),
  derivatives: { a: call('log', symbol('b')), b: over(symbol('a'), symbol('b')) },
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape, shape], range: [0.5, 2] as const })),
});
