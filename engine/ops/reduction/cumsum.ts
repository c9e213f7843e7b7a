import { call, symbol } from '../../expression/expression.ts';
import { mapLanes } from '../../tensor/kernels/lanes.ts';
import { defineOp } from '../define.ts';
import { laneDimension } from '../lane.ts';

export const cumsum = defineOp({
  name: 'cumsum',
  doc: 'Running sums along dimension `dim`; from its end when `reverse`.',
  inputs: ['x'],
  result: 'count',
  shape: ([x], { dim }) => {
    laneDimension('cumsum', Number(dim), x!.length);
    return x!;
  },
  forward: ([x], { dim, reverse }, shape, dtype) =>
    mapLanes(x!.data, shape, laneDimension('cumsum', Number(dim), shape.length), dtype, (lane, result) => {
      const last = lane.length - 1;
      let total = 0;
      if (reverse === true) for (let i = last; i >= 0; i--) result[i] = total += lane[i]!;
      else for (let i = 0; i <= last; i++) result[i] = total += lane[i]!;
    }),
  // An element is part of every sum from its place on.
  vjp: { x: call('cumsumBack', symbol('ȳ')) },
  samples: [
    { shapes: [[4]], attributes: { dim: 0 } },
    { shapes: [[2, 3]], attributes: { dim: -1, reverse: true } },
    { shapes: [[2, 3, 2]], attributes: { dim: 1 } },
  ],
});
