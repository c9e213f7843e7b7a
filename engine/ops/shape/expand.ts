import { call, symbol } from '../../expression/expression.ts';
import { expand as repeated } from '../../tensor/kernels/layout.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { broadcastShapes, sameShape, showShape, checkShape } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';

export const expand = defineOp({
  name: 'expand',
  doc: 'Repeats dimensions of size 1, and adds leading ones, up to `shape`.',
  inputs: ['x'],
  shape: ([x], attributes) => {
    const wanted = attributes.shape as readonly number[];
    checkShape('expand', wanted);
    if (!sameShape(broadcastShapes('expand', x!, wanted), wanted)) {
      throw new ShapeError(`expand: ${showShape(x!)} does not expand to ${showShape(wanted)}.`);
    }
    return wanted;
  },
  forward: ([x], _attributes, shape) => repeated(x!.data, x!.shape, shape),
  vjp: { x: call('sumLike', symbol('ȳ'), symbol('x')) },
  samples: [
    { shapes: [[1, 3]], attributes: { shape: [2, 3] } },
    { shapes: [[]], attributes: { shape: [2, 2] } },
  ],
});
