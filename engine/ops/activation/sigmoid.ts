import { minus, number, symbol, times } from '../../expression/expression.ts';
import { sigmoid as logistic } from '../../expression/special-functions.ts';
import { defineUnary } from '../define-elementwise.ts';

/** Squashes to (0, 1). Its derivative is never above ¼, so that each layer of it costs a gradient at least a factor of 4. */
export const sigmoid = defineUnary({
  name: 'sigmoid',
  doc: 'Logistic function 1 / (1 + e^(−x)) of each element.',
  forward: logistic,
  derivative: times(symbol('y'), minus(number(1), symbol('y'))),
});
