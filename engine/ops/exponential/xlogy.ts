import { call, number, over, symbol } from '../../expression/expression.ts';
import { xlogy as product } from '../../expression/special-functions.ts';
import { defineElementwise } from '../define-elementwise.ts';

const [a, b] = [symbol('a'), symbol('b')];
const nothing = call('logicalAnd', call('equal', a, number(0)), call('lessEqual', b, number(0)));

export const xlogy = defineElementwise({
  name: 'xlogy',
  doc: 'a · ln b, and 0 where a is 0 even if the logarithm is infinite.',
  inputs: ['a', 'b'],
  forward: product,
  derivatives: { a: call('where', nothing, number(0), call('log', b)), b: over(a, b) },
  convention: 'where a is 0 and b is not positive, the derivative by a is taken as 0',
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape, shape], range: [0.5, 2] as const })),
});
