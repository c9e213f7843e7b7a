import { call, negative, number, squared, symbol, times } from '../../expression/expression.ts';
import { erfc as complement } from '../../expression/error-function.ts';
import { defineUnary } from '../define-elementwise.ts';

export const erfc = defineUnary({
  name: 'erfc',
  doc: 'Complement of the error function, 1 − erf(x), of each element, without losing digits where it is small.',
  forward: complement,
  derivative: times(number(-2 / Math.sqrt(Math.PI)), call('exp', negative(squared(symbol('x'))))),
});
