import { call, number, symbol, times } from '../../expression/expression.ts';
import { defineUnary } from '../define-elementwise.ts';

export const softplus = defineUnary({
  name: 'softplus',
  doc: 'ln(1 + e^(βx)) / β of each element, and x itself where βx is above `threshold` (PyTorch: β = 1, threshold = 20).',
  forward: {
    with: ({ beta, threshold }) => {
      const [b, limit] = [Number(beta), Number(threshold)];
      // max(v, 0) + ln(1 + e^−|v|) is the same function with an exponential that cannot overflow.
      return (x) => (x * b > limit ? x : (Math.max(x * b, 0) + Math.log1p(Math.exp(-Math.abs(x * b)))) / b);
    },
  },
  derivative: ({ beta }) => call('sigmoid', beta === 1 ? symbol('x') : times(number(Number(beta)), symbol('x'))),
  samples: [
    { shapes: [[]], attributes: { beta: 1, threshold: 20 } },
    { shapes: [[2, 3]], attributes: { beta: 2, threshold: 20 } },
  ],
});
