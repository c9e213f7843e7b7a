import { call, symbol } from '../../expression/expression.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { conv2dInput as spread } from '../../tensor/kernels/convolution.ts';
import { sameShape, showShape } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';
import { geometry, outputShape } from './geometry.ts';

export const conv2dInput = defineOp({
  name: 'conv2dInput',
  doc: 'The transpose of conv2d in x: every element of g adds its filter, that many times, to the window it stands for in zeros of shape `shape`.',
  inputs: ['g', 'w'],
  result: 'float',
  shape: ([g, w], attributes) => {
    const shape = attributes.shape as readonly number[];
    const made = outputShape(geometry('conv2dInput', shape, w!, attributes));
    if (!sameShape(made, g!)) {
      throw new ShapeError(
        `conv2dInput: filters ${showShape(w!)} on ${showShape(shape)} make ${showShape(made)}, not ${showShape(g!)}.`,
      );
    }
    return shape;
  },
  forward: ([g, w], attributes, shape, dtype) =>
    spread(g!, w!, geometry('conv2dInput', shape, w!.shape, attributes), dtype),
  vjp: { g: call('conv2d', symbol('ȳ'), symbol('w')), w: call('conv2dWeight', symbol('ȳ'), symbol('g')) },
  samples: [
    {
      shapes: [
        [1, 1, 2, 2],
        [1, 1, 2, 2],
      ],
      attributes: { shape: [1, 1, 3, 3], stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 },
    },
    {
      shapes: [
        [2, 4, 2, 3],
        [4, 1, 2, 2],
      ],
      attributes: { shape: [2, 2, 4, 3], stride: [2, 1], padding: [0, 1], dilation: [1, 2], groups: 2 },
    },
  ],
});
