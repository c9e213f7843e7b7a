import { call, symbol } from '../../expression/expression.ts';
import { allocate } from '../../tensor/dtype.ts';
import { broadcastIndices } from '../../tensor/kernels/elementwise.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { broadcastShapes, sameShape, showShape } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';

export const expand = defineOp({
  name: 'expand',
  doc: 'Repeats dimensions of size 1, and adds leading ones, up to `shape`.',
  inputs: ['x'],
  shape: ([x], attributes) => {
    const wanted = attributes.shape as readonly number[];
    if (!sameShape(broadcastShapes('expand', x!, wanted), wanted)) {
      throw new ShapeError(`expand: ${showShape(x!)} does not expand to ${showShape(wanted)}.`);
    }
    return wanted;
  },
  forward: ([x], _attributes, shape, dtype) => {
    const indices = broadcastIndices(x!.shape, shape);
    const out = allocate(dtype, indices.length);
    for (let i = 0; i < out.length; i++) out[i] = x!.data[indices[i]!]!;
    return out;
  },
  vjp: { x: call('sumLike', symbol('ȳ'), symbol('x')) },
  samples: [
    { shapes: [[1, 3]], attributes: { shape: [2, 3] } },
    { shapes: [[]], attributes: { shape: [2, 2] } },
  ],
});
