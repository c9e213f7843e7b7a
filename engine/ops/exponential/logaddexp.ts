import { call, minus, symbol } from '../../expression/expression.ts';
import { logaddexp as sum } from '../../expression/special-functions.ts';
import { defineElementwise } from '../define-elementwise.ts';

const [a, b] = [symbol('a'), symbol('b')];

export const logaddexp = defineElementwise({
  name: 'logaddexp',
  doc: 'ln(e^a + e^b), element by element, whose exponentials cannot overflow.',
  inputs: ['a', 'b'],
  forward: sum,
  derivatives: { a: call('sigmoid', minus(a, b)), b: call('sigmoid', minus(b, a)) },
});
