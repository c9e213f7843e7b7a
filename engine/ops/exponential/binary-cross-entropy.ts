import { call, minus, number, over, symbol, times } from '../../expression/expression.ts';
import { defineElementwise } from '../define-elementwise.ts';

/** As PyTorch, so that a probability of exactly 0 gives a large loss and not an infinite one. */
const lowest = -100;
const bounded = (v: number): number => Math.max(Math.log(v), lowest);

const [x, t] = [symbol('x'), symbol('t')];
const rest = minus(number(1), x);
const boundedLog = (of: typeof x) => call('maximum', call('log', of), number(lowest));

/** One op, because the quotient of its derivative stays finite where the parts −t/x and (1 − t)/(1 − x) do not. */
export const binaryCrossEntropy = defineElementwise({
  name: 'binaryCrossEntropy',
  doc: '−t·ln x − (1 − t)·ln(1 − x), element by element; the logarithms are not less than −100.',
  inputs: ['x', 't'],
  forward: (p, target) => -(target * bounded(p) + (1 - target) * bounded(1 - p)),
  derivatives: {
    x: over(minus(x, t), call('maximum', times(x, rest), number(1e-12))),
    t: minus(boundedLog(rest), boundedLog(x)),
  },
  convention: 'x·(1 − x) in the derivative is taken as at least 1e-12, so that it is finite at 0 and 1',
  samples: [[], [2, 3]].map((shape) => ({ shapes: [shape, shape], range: [0.1, 0.9] as const })),
});
