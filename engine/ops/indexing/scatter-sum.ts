import { call, symbol } from '../../expression/expression.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { placesAlong, placesOf, put } from '../../tensor/kernels/indexing.ts';
import { type Shape, sameShape, showShape, sizeOf } from '../../tensor/shape.ts';
import { defineOp, notDifferentiable } from '../define.ts';
import { laneDimension, laneShape } from '../lane.ts';
import { leadsInto } from './gather.ts';

export const scatterSum = defineOp({
  name: 'scatterSum',
  doc: 'Zeros of shape `shape`, to which each element of src is added at its own place but along `dim`, where it is what index says: the transpose of gather.',
  inputs: ['src', 'index'],
  choosers: ['index'],
  result: 'count',
  shape: ([src, index], attributes) => {
    const shape = attributes.shape as Shape;
    leadsInto('scatterSum', index!, shape, Number(attributes.dim));
    if (!sameShape(src!, index!))
      throw new ShapeError(`scatterSum: src ${showShape(src!)} and index ${showShape(index!)} must have one shape.`);
    return shape;
  },
  forward: ([src, index], { dim }, shape, dtype) => {
    const d = laneDimension('scatterSum', Number(dim), shape.length);
    const whole = laneShape(shape);
    const places = placesOf('scatterSum', index!.data, `dimension ${d}`, whole[d]!);
    return put(src!.data, placesAlong(places, laneShape(index!.shape), whole, d), sizeOf(shape), dtype);
  },
  vjp: { src: call('gather', symbol('ȳ'), symbol('index')), index: notDifferentiable },
  samples: [
    {
      shapes: [
        [2, 2],
        [2, 2],
      ],
      attributes: { dim: 1, shape: [2, 3] },
      contents: [null, [2, 0, -1, -1]],
    },
    {
      shapes: [
        [4, 1],
        [4, 1],
      ],
      attributes: { dim: -2, shape: [3, 2] },
      contents: [null, [2, 0, 1, 1]],
    },
  ],
});
