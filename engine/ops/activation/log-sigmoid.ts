import { call, negative, symbol } from '../../expression/expression.ts';
import { softplus } from '../../expression/special-functions.ts';
import { defineUnary } from '../define-elementwise.ts';

export const logSigmoid = defineUnary({
  name: 'logSigmoid',
  doc: 'Logarithm of the logistic function of each element, −ln(1 + e^(−x)), which stays finite.',
  forward: (x) => -softplus(-x),
  derivative: call('sigmoid', negative(symbol('x'))),
});
