import { call, symbol } from '../../expression/expression.ts';
import { spread } from '../../tensor/kernels/pooling.ts';
import { type Shape, sizeOf } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';
import { checkPooled, poolingWindows } from './windows.ts';

export const avgPool2dBack = defineOp({
  name: 'avgPool2dBack',
  doc: 'The transpose of avgPool2d, of shape `shape`: each element of g is shared out evenly over its window.',
  inputs: ['g'],
  result: 'float',
  shape: ([g], attributes) => {
    const shape = attributes.shape as Shape;
    checkPooled('avgPool2dBack', g!, shape, attributes);
    return shape;
  },
  forward: ([g], attributes, shape, dtype) =>
    spread(
      g!.data,
      sizeOf(shape.slice(0, -2)),
      poolingWindows('avgPool2dBack', shape, attributes),
      attributes.countIncludePad === true,
      dtype,
    ),
  vjp: { g: call('avgPool2d', symbol('ȳ')) },
  samples: [
    {
      shapes: [[2, 2, 2]],
      attributes: { shape: [2, 4, 5], kernel: [3, 3], stride: [2, 2], padding: [1, 0], countIncludePad: false },
    },
    {
      shapes: [[1, 3, 3]],
      attributes: {
        shape: [1, 6, 5],
        kernel: [3, 3],
        stride: [2, 2],
        padding: [0, 1],
        countIncludePad: true,
        ceilMode: true,
      },
    },
  ],
});
