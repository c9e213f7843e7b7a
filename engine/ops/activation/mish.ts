import { type Expression, call, minus, number, plus, squared, symbol, times } from '../../expression/expression.ts';
import { softplus } from '../../expression/special-functions.ts';
import { defineUnary } from '../define-elementwise.ts';

const x = symbol('x');
const gate: Expression = call('tanh', call('softplus', x));

/** Misra, "Mish: A Self Regularized Non-Monotonic Activation Function" (2019). */
export const mish = defineUnary({
  name: 'mish',
  doc: 'x · tanh(ln(1 + e^x)) of each element.',
  forward: (v) => v * Math.tanh(softplus(v)),
  derivative: plus(gate, times(times(x, call('sigmoid', x)), minus(number(1), squared(gate)))),
});
