import { call, negative, number, over, symbol } from '../../expression/expression.ts';
import { defineElementwise } from '../define-elementwise.ts';

const [a, b] = [symbol('a'), symbol('b')];

export const remainder = defineElementwise({
  name: 'remainder',
  doc: 'What is left of a by division with b: a − b·⌊a / b⌋, of the sign of b.',
  inputs: ['a', 'b'],
  forward: (x, y) => x - y * Math.floor(x / y),
  derivatives: { a: number(1), b: negative(call('floor', over(a, b))) },
  result: 'count',
  convention: 'at multiples of b the derivative is that to the right',
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape, shape], range: [0.6, 0.9] as const })),
});
