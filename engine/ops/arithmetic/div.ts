import { negative, number, over, symbol } from '../../expression/expression.ts';
import { defineElementwise } from '../define-elementwise.ts';

export const div = defineElementwise({
  name: 'div',
  doc: 'Quotient of two tensors, element by element.',
  inputs: ['a', 'b'],
  forward: (a, b) => a / b,
  derivatives: { a: over(number(1), symbol('b')), b: negative(over(symbol('y'), symbol('b'))) },
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape, shape], range: [0.5, 2] as const })),
});
