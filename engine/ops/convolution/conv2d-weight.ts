import { call, symbol } from '../../expression/expression.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { conv2dWeight as correlated } from '../../tensor/kernels/convolution.ts';
import { sameShape, showShape } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';
import { geometry, outputShape } from './geometry.ts';

export const conv2dWeight = defineOp({
  name: 'conv2dWeight',
  doc: 'The transpose of conv2d in w, of shape `shape`: each window of x, times the element of g that it made, summed.',
  inputs: ['x', 'g'],
  result: 'float',
  shape: ([x, g], attributes) => {
    const shape = attributes.shape as readonly number[];
    const made = outputShape(geometry('conv2dWeight', x!, shape, attributes));
    if (!sameShape(made, g!)) {
      throw new ShapeError(
        `conv2dWeight: filters ${showShape(shape)} on ${showShape(x!)} make ${showShape(made)}, not ${showShape(g!)}.`,
      );
    }
    return shape;
  },
  forward: ([x, g], attributes, shape, dtype) =>
    correlated(x!, g!, geometry('conv2dWeight', x!.shape, shape, attributes), dtype),
  vjp: { x: call('conv2dInput', symbol('g'), symbol('ȳ')), g: call('conv2d', symbol('x'), symbol('ȳ')) },
  samples: [
    {
      shapes: [
        [1, 1, 3, 3],
        [1, 1, 2, 2],
      ],
      attributes: { shape: [1, 1, 2, 2], stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 },
    },
    {
      shapes: [
        [2, 2, 4, 3],
        [2, 4, 2, 3],
      ],
      attributes: { shape: [4, 1, 2, 2], stride: [2, 1], padding: [0, 1], dilation: [1, 2], groups: 2 },
    },
  ],
});
