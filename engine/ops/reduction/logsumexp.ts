import { call, minus, symbol, times } from '../../expression/expression.ts';
import { defineReduction } from './define-reduction.ts';

const [x, y, upstream] = [symbol('x'), symbol('y'), symbol('ȳ')];

export const logsumexp = defineReduction({
  name: 'logsumexp',
  doc: 'ln Σ e^x, without overflow,',
  result: 'float',
  convention: 'of nothing but −∞ it is −∞, with no gradient (NaN)',
  ofNothing: true,
  kernel: {
    lane: () => (lane) => {
      let largest = -Infinity;
      for (const v of lane) largest = Math.max(largest, v);
      if (!Number.isFinite(largest)) return largest;
      let total = 0;
      for (const v of lane) total += Math.exp(v - largest);
      return largest + Math.log(total);
    },
  },
  // The gradient is the softmax, e^(x − y).
  pullback: times(call('expandLike', upstream, x), call('exp', minus(x, call('expandLike', y, x)))),
});
