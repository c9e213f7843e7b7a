import { call, minus, number, symbol, times } from '../../expression/expression.ts';
import { defineElementwise } from '../define-elementwise.ts';

const [a, b] = [symbol('a'), symbol('b')];
/** 1, 0 where the other one wins, ½ at a tie; and 1 where either is NaN, because then neither wins. */
const share = (beaten: string) => minus(minus(number(1), call(beaten, a, b)), times(number(0.5), call('equal', a, b)));

export const maximum = defineElementwise({
  name: 'maximum',
  doc: 'The larger of two tensors, element by element; NaN where either is.',
  inputs: ['a', 'b'],
  forward: (p, q) => Math.max(p, q),
  derivatives: { a: share('less'), b: share('greater') },
  result: 'promote',
  convention: 'at a tie each argument takes half of the gradient',
});
