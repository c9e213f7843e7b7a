import { call, symbol, times } from '../../expression/expression.ts';
import { allocate } from '../../tensor/dtype.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { lanesOf } from '../../tensor/kernels/lanes.ts';
import { sameShape, showShape } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';
import { laneDimension } from '../lane.ts';

const [a, y] = [symbol('a'), symbol('y')];
const adjoint = call('recurrenceBack', symbol('ȳ'), a);

/**
 * The linear recurrence yₜ = aₜ·yₜ₋₁ + bₜ. Its adjoint is one too, the other way round: λₜ = ȳₜ + aₜ₊₁·λₜ₊₁, b̄ = λ,
 * āₜ = λₜ·yₜ₋₁. The factor there stands one place earlier, which is what `lag` says.
 */
export const recurrence = defineOp({
  name: 'recurrence',
  doc: 'yₜ = aₜ·yₜ₋₁ + bₜ along dimension `dim`, from its end when `reverse`; with aₜ₋₁ for aₜ when `lag`.',
  inputs: ['a', 'b'],
  shape: ([first, second], { dim }) => {
    if (!sameShape(first!, second!))
      throw new ShapeError(`recurrence: shapes ${showShape(first!)} and ${showShape(second!)} must be equal.`);
    laneDimension('recurrence', Number(dim), first!.length);
    return first!;
  },
  forward: ([first, second], { dim, reverse, lag }, shape, dtype) => {
    const { starts, steps } = lanesOf(shape, [laneDimension('recurrence', Number(dim), shape.length)]);
    if (reverse === true) steps.reverse();
    const out = allocate(dtype, second!.data.length);
    for (const start of starts) {
      let state = 0;
      for (let t = 0; t < steps.length; t++) {
        const at = start + steps[t]!;
        // The first has no predecessor; its factor, were it infinite, must not make NaN of nothing.
        if (t > 0) state *= first!.data[lag === true ? start + steps[t - 1]! : at]!;
        out[at] = state += second!.data[at]!;
      }
    }
    return out;
  },
  vjp: {
    a: ({ lag }) => (lag === true ? times(call('following', adjoint), y) : times(adjoint, call('preceding', y))),
    b: adjoint,
  },
  samples: [
    { shapes: [[4], [4]], attributes: { dim: 0 } },
    {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      attributes: { dim: -1, reverse: true },
    },
    {
      shapes: [
        [2, 3],
        [2, 3],
      ],
      attributes: { dim: -1, lag: true },
    },
    {
      shapes: [
        [2, 3, 2],
        [2, 3, 2],
      ],
      attributes: { dim: 1, reverse: true, lag: true },
    },
  ],
});
