import { call, symbol } from '../../expression/expression.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { showShape, sizeOf, checkShape } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';

export const reshape = defineOp({
  name: 'reshape',
  doc: 'The same elements in the same order, in another shape. One size may be −1: it is worked out.',
  inputs: ['x'],
  shape: ([x], attributes) => {
    const wanted = attributes.shape as readonly number[];
    checkShape('reshape', wanted, -1);
    const known = sizeOf(wanted.filter((size) => size !== -1));
    const free = wanted.filter((size) => size === -1).length;
    const shape = wanted.map((size) => (size === -1 ? sizeOf(x!) / known : size));
    if (free > 1 || shape.some((size) => !Number.isInteger(size) || size < 0) || sizeOf(shape) !== sizeOf(x!)) {
      throw new ShapeError(
        `reshape: ${sizeOf(x!)} elements of shape ${showShape(x!)} do not fit ${showShape(wanted)}.` +
          (free > 1 ? ' Only one size may be −1.' : ''),
      );
    }
    return shape;
  },
  forward: ([x]) => x!.data,
  vjp: { x: call('reshapeLike', symbol('ȳ'), symbol('x')) },
  samples: [
    { shapes: [[2, 3]], attributes: { shape: [3, 2] } },
    { shapes: [[2, 3]], attributes: { shape: [-1] } },
  ],
});
