import { allocate } from '../../tensor/dtype.ts';
import { lanesOf } from '../../tensor/kernels/lanes.ts';
import { defineOp, notDifferentiable } from '../define.ts';
import { laneDimension } from '../lane.ts';

/** NaN comes after every number, as in PyTorch and NumPy. */
const compare = (a: number, b: number): number =>
  a < b ? -1 : a > b ? 1 : Number(Number.isNaN(a)) - Number(Number.isNaN(b));

export const argsort = defineOp({
  name: 'argsort',
  doc: 'Places of the elements of each lane along `dim`, from the smallest to the largest, or the other way when `descending`.',
  inputs: ['x'],
  result: 'int32',
  convention: 'equal elements keep their order; NaN counts as largest',
  shape: ([x], { dim }) => {
    laneDimension('argsort', Number(dim), x!.length);
    return x!;
  },
  forward: ([x], { dim, descending }, shape, dtype) => {
    const { starts, steps } = lanesOf(shape, [laneDimension('argsort', Number(dim), shape.length)]);
    const out = allocate(dtype, x!.data.length);
    const lane = new Float64Array(steps.length);
    for (const start of starts) {
      steps.forEach((step, i) => (lane[i] = x!.data[start + step]!));
      const order = Array.from(steps, (_, i) => i);
      if (descending === true) order.sort((i, j) => compare(lane[j]!, lane[i]!));
      else order.sort((i, j) => compare(lane[i]!, lane[j]!));
      order.forEach((from, i) => (out[start + steps[i]!] = from));
    }
    return out;
  },
  vjp: { x: notDifferentiable },
  samples: [
    { shapes: [[5]], attributes: { dim: 0, descending: false } },
    { shapes: [[2, 3, 2]], attributes: { dim: 1, descending: true } },
  ],
});
