import { type Expression, call, number, over, symbol, times } from '../../expression/expression.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { defineReduction, severalEach } from './define-reduction.ts';

/** The sum of squared deviations (two passes: it stays exact far from 0) over the degrees of freedom. */
const varianceOf =
  ({ unbiased }: Attributes) =>
  (lane: Float64Array): number => {
    let total = 0;
    for (const x of lane) total += x;
    const mean = total / lane.length;
    let squares = 0;
    for (const x of lane) squares += (x - mean) ** 2;
    return squares / Math.max(0, lane.length - (unbiased === true ? 1 : 0));
  };

const [x, y, upstream] = [symbol('x'), symbol('y'), symbol('ȳ')];
const deviation = call('deviation', x);
const freedom = call('degreesOfFreedom', x, y);
const spread = (g: Expression): Expression => call('expandLike', g, x);
const options = [{ unbiased: true }, { unbiased: false }];

export const variance = defineReduction({
  name: 'variance',
  doc: 'Variance: the mean squared deviation from the mean, with n − 1 for n when `unbiased`,',
  result: 'float',
  ofNothing: true,
  kernel: { lane: varianceOf },
  pullback: over(times(spread(times(number(2), upstream)), deviation), freedom),
  options,
  samples: severalEach,
});

export const std = defineReduction({
  name: 'std',
  doc: 'Standard deviation: the root of the variance (n − 1 for n when `unbiased`)',
  result: 'float',
  convention: 'where all elements are equal the gradient is 0',
  ofNothing: true,
  kernel: {
    lane: (attributes) => {
      const of = varianceOf(attributes);
      return (lane) => Math.sqrt(of(lane));
    },
  },
  pullback: over(times(spread(call('quotientOrZero', upstream, y)), deviation), freedom),
  options,
  samples: severalEach,
});
