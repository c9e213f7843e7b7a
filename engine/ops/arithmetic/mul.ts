import { symbol } from '../../expression/expression.ts';
import { defineElementwise } from '../define-elementwise.ts';

export const mul = defineElementwise({
  name: 'mul',
  doc: 'Product of two tensors, element by element.',
  inputs: ['a', 'b'],
  forward: (a, b) => a * b,
  derivatives: { a: symbol('b'), b: symbol('a') },
  result: 'promote',
});
