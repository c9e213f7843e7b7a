import { call, number, symbol, times } from '../../expression/expression.ts';
import { softplus as bend } from '../../expression/special-functions.ts';
import { defineUnary } from '../define-elementwise.ts';

export const softplus = defineUnary({
  name: 'softplus',
  doc: 'ln(1 + e^(βx)) / β of each element, and x itself where βx is above `threshold` (PyTorch: β = 1, threshold = 20).',
  forward: {
    // In rules it stands without attributes.
    with: ({ beta = 1, threshold = 20 }) => {
      const [b, limit] = [Number(beta), Number(threshold)];
      return (x) => (x * b > limit ? x : bend(x * b) / b);
    },
  },
  derivative: ({ beta = 1, threshold = 20 }) => {
    const steepened = beta === 1 ? symbol('x') : times(number(Number(beta)), symbol('x'));
    const slope = call('sigmoid', steepened);
    if (threshold === Infinity) return slope;
    return call('where', call('greater', steepened, number(Number(threshold))), number(1), slope);
  },
  convention: 'above the threshold it is x itself, and the derivative 1',
  samples: [
    { shapes: [[]], attributes: { beta: 1, threshold: 20 } },
    { shapes: [[2, 3]], attributes: { beta: 2, threshold: 20 } },
    { shapes: [[2, 3]], attributes: { beta: 2, threshold: 1 } },
  ],
});
