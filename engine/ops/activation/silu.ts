import { call, minus, number, plus, symbol, times } from '../../expression/expression.ts';
import { sigmoid } from '../../expression/special-functions.ts';
import { defineUnary } from '../define-elementwise.ts';

export const silu = defineUnary({
  name: 'silu',
  doc: 'x · σ(x) of each element (also called swish).',
  forward: (x) => x * sigmoid(x),
  derivative: times(
    call('sigmoid', symbol('x')),
    plus(number(1), times(symbol('x'), minus(number(1), call('sigmoid', symbol('x'))))),
  ),
});
