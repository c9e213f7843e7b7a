import { minus, number, symbol } from '../../expression/expression.ts';
import { defineElementwise } from '../define-elementwise.ts';

const [a, b, w] = [symbol('a'), symbol('b'), symbol('w')];

export const lerp = defineElementwise({
  name: 'lerp',
  doc: 'a + w·(b − a), element by element: a where w is 0, b where it is 1.',
  inputs: ['a', 'b', 'w'],
  // Seen from the nearer end, so that both ends are met exactly.
  forward: (from, to, weight) => (weight < 0.5 ? from + weight * (to - from) : to - (1 - weight) * (to - from)),
  derivatives: { a: minus(number(1), w), b: w, w: minus(b, a) },
  samples: [{ shapes: [[], [], []] }, { shapes: [[2, 3], [2, 3], []] }, { shapes: [[2, 3], [3], [2, 1]] }],
});
