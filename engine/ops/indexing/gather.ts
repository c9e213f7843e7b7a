import { call, symbol } from '../../expression/expression.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { pick, placesAlong, placesOf } from '../../tensor/kernels/indexing.ts';
import { type Shape, showShape } from '../../tensor/shape.ts';
import { defineOp, notDifferentiable } from '../define.ts';
import { laneDimension, laneShape } from '../lane.ts';

/** @throws ShapeError unless an index of this shape leads into `whole` along `dim`: as many dimensions, none longer but `dim`. */
export function leadsInto(op: string, index: Shape, whole: Shape, dim: number): number {
  const d = laneDimension(op, dim, whole.length);
  if (index.length !== whole.length || index.some((size, i) => i !== d && size > whole[i]!)) {
    throw new ShapeError(
      `${op}: an index of shape ${showShape(index)} does not lead into ${showShape(whole)} along dimension ${d}: it needs as many dimensions, none of them longer, except dimension ${d}.`,
    );
  }
  return d;
}

export const gather = defineOp({
  name: 'gather',
  doc: 'An element of x for each of index, at the same place but along `dim`, where it is what index says.',
  inputs: ['x', 'index'],
  choosers: ['index'],
  shape: ([x, index], { dim }) => {
    leadsInto('gather', index!, x!, Number(dim));
    return index!;
  },
  forward: ([x, index], { dim }, shape, dtype) => {
    const d = laneDimension('gather', Number(dim), shape.length);
    const whole = laneShape(x!.shape);
    const places = placesOf('gather', index!.data, `dimension ${d}`, whole[d]!);
    return pick(x!.data, placesAlong(places, laneShape(shape), whole, d), dtype);
  },
  vjp: { x: call('scatterSum', symbol('ȳ'), symbol('index')), index: notDifferentiable },
  samples: [
    {
      shapes: [
        [2, 3],
        [2, 2],
      ],
      attributes: { dim: 1 },
      contents: [null, [2, 0, -1, -1]],
    },
    {
      shapes: [
        [3, 2, 2],
        [4, 1, 2],
      ],
      attributes: { dim: 0 },
      contents: [null, [2, 0, 1, 1, 0, 0, 2, 1]],
    },
  ],
});
