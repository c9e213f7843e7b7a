import { call, number, plus, symbol, times } from '../../expression/expression.ts';
import { defineElementwise } from '../define-elementwise.ts';

export const minimum = defineElementwise({
  name: 'minimum',
  doc: 'The smaller of two tensors, element by element.',
  inputs: ['a', 'b'],
  forward: (a, b) => Math.min(a, b),
  derivatives: {
    a: plus(call('less', symbol('a'), symbol('b')), times(number(0.5), call('equal', symbol('a'), symbol('b')))),
    b: plus(call('greater', symbol('a'), symbol('b')), times(number(0.5), call('equal', symbol('a'), symbol('b')))),
  },
  result: 'promote',
  convention: 'at a tie each argument takes half of the gradient',
});
