import { call, negative, number, squared, symbol, times } from '../../expression/expression.ts';
import { erf as error } from '../../expression/error-function.ts';
import { defineUnary } from '../define-elementwise.ts';

export const erf = defineUnary({
  name: 'erf',
  doc: 'Error function 2/√π · ∫₀ˣ e^(−t²) dt of each element.',
  forward: error,
  derivative: times(number(2 / Math.sqrt(Math.PI)), call('exp', negative(squared(symbol('x'))))),
});
