import { minus, number, symbol, times } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

/** Squashes to (0, 1). Its derivative is never above ¼, so that each layer of it costs a gradient at least a factor of 4. */
export const sigmoid = defineUnary({
  name: 'sigmoid',
  doc: 'Logistic function 1 / (1 + e^(−x)) of each element.',
  // Two forms of the same, each where its exponential cannot overflow.
  forward: (x) => {
    if (x >= 0) return 1 / (1 + Math.exp(-x));
    const grown = Math.exp(x);
    return grown / (1 + grown);
  },
  derivative: times(symbol('y'), minus(number(1), symbol('y'))),
});
