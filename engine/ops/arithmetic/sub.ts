import { number } from '../../expression/expression.ts';
import { defineElementwise } from '../define-elementwise.ts';

export const sub = defineElementwise({
  name: 'sub',
  doc: 'Difference of two tensors, element by element.',
  inputs: ['a', 'b'],
  forward: (a, b) => a - b,
  derivatives: { a: number(1), b: number(-1) },
  result: 'count',
});
