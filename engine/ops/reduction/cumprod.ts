import { call, symbol, times } from '../../expression/expression.ts';
import { mapLanes } from '../../tensor/kernels/lanes.ts';
import { defineOp } from '../define.ts';
import { laneDimension } from '../lane.ts';

/**
 * yᵢ = Π x_k over k ≤ i, so x̄ⱼ = Σ ȳᵢ·yᵢ/xⱼ over i ≥ j. Without the division, which a zero forbids:
 * x̄ⱼ = (Π x_k over k < j) · Sⱼ with Sⱼ = ȳⱼ + xⱼ₊₁·Sⱼ₊₁.
 */
export const cumprod = defineOp({
  name: 'cumprod',
  doc: 'Running products along dimension `dim`; from its end when `reverse`; without the element itself when `exclusive`.',
  inputs: ['x'],
  result: 'count',
  shape: ([x], { dim }) => {
    laneDimension('cumprod', Number(dim), x!.length);
    return x!;
  },
  forward: ([x], { dim, reverse, exclusive }, shape, dtype) =>
    mapLanes(x!.data, shape, laneDimension('cumprod', Number(dim), shape.length), dtype, (lane, result) => {
      const count = lane.length;
      let product = 1;
      for (let k = 0; k < count; k++) {
        const i = reverse === true ? count - 1 - k : k;
        const before = product;
        product *= lane[i]!;
        result[i] = exclusive === true ? before : product;
      }
    }),
  vjp: { x: times(call('productsBefore', symbol('x'), symbol('y')), call('weightedAfter', symbol('ȳ'), symbol('x'))) },
  samples: [
    { shapes: [[4]], attributes: { dim: 0 } },
    { shapes: [[2, 3]], attributes: { dim: -1, reverse: true } },
    { shapes: [[2, 3]], attributes: { dim: -1, exclusive: true } },
    { shapes: [[2, 4, 2]], attributes: { dim: 1, reverse: true, exclusive: true } },
  ],
});
