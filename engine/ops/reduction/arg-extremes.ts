import { notDifferentiable } from '../define.ts';
import { defineReduction } from './define-reduction.ts';

/** The place of the first extreme of a lane. NaN is more extreme than any number, as in PyTorch. */
const placeOf =
  (better: (x: number, best: number) => boolean) =>
  (lane: Float64Array): number => {
    let best = 0;
    for (let i = 1; i < lane.length && !Number.isNaN(lane[best]!); i++)
      if (better(lane[i]!, lane[best]!) || Number.isNaN(lane[i]!)) best = i;
    return best;
  };

export const argmax = defineReduction({
  name: 'argmax',
  doc: 'Place of the largest element (the first of equals), counted through the reduced dimensions,',
  result: 'int32',
  ofNothing: false,
  kernel: { lane: () => placeOf((x, best) => x > best) },
  pullback: notDifferentiable,
});

export const argmin = defineReduction({
  name: 'argmin',
  doc: 'Place of the smallest element (the first of equals), counted through the reduced dimensions,',
  result: 'int32',
  ofNothing: false,
  kernel: { lane: () => placeOf((x, best) => x < best) },
  pullback: notDifferentiable,
});
