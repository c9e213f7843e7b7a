import { allocate } from '../../tensor/dtype.ts';
import { lanesOf } from '../../tensor/kernels/lanes.ts';
import { defineOp, notDifferentiable } from '../define.ts';
import { reducedDims } from './define-reduction.ts';

export const share = defineOp({
  name: 'share',
  doc: 'Where an element of `x` is the extreme `y` of its lane: 1 over the number of those that are; else 0. NaN is equal to NaN.',
  inputs: ['x', 'y'],
  shape: ([x]) => x!,
  forward: ([x, y], attributes, shape, dtype) => {
    const { starts, steps } = lanesOf(shape, reducedDims('share', shape.length, attributes));
    const out = allocate(dtype, x!.data.length);
    starts.forEach((start, i) => {
      const extreme = y!.data[i]!;
      const hits: number[] = [];
      for (const step of steps) {
        const element = x!.data[start + step]!;
        if (element === extreme || (Number.isNaN(element) && Number.isNaN(extreme))) hits.push(start + step);
      }
      for (const hit of hits) out[hit] = 1 / hits.length;
    });
    return out;
  },
  vjp: { x: notDifferentiable, y: notDifferentiable },
  samples: [
    {
      shapes: [
        [2, 3],
        [2, 1],
      ],
      attributes: { dim: 1 },
    },
    {
      shapes: [
        [2, 3],
        [1, 1],
      ],
      attributes: { dim: [0, 1] },
    },
    { shapes: [[2, 3], []], attributes: { dim: null } },
  ],
});
