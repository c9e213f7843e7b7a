import { call, symbol } from '../../expression/expression.ts';
import { conv2d as convolved } from '../../tensor/kernels/convolution.ts';
import { defineOp } from '../define.ts';
import { geometry, outputShape } from './geometry.ts';

/** Linear in x and in w; `conv2dInput` and `conv2dWeight` are its transposes, and each of the three has the other two for its rules. */
export const conv2d = defineOp({
  name: 'conv2d',
  doc: 'Cross-correlation of x [N, C, H, W] with filters w [O, C / groups, kH, kW]: what each filter makes of each window.',
  inputs: ['x', 'w'],
  result: 'float',
  shape: ([x, w], attributes) => outputShape(geometry('conv2d', x!, w!, attributes)),
  forward: ([x, w], attributes, _shape, dtype) =>
    convolved(x!, w!, geometry('conv2d', x!.shape, w!.shape, attributes), dtype),
  vjp: { x: call('conv2dInput', symbol('ȳ'), symbol('w')), w: call('conv2dWeight', symbol('x'), symbol('ȳ')) },
  samples: [
    {
      shapes: [
        [1, 1, 3, 3],
        [1, 1, 2, 2],
      ],
      attributes: { stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 },
    },
    {
      shapes: [
        [2, 2, 5, 4],
        [3, 2, 3, 2],
      ],
      attributes: { stride: [2, 1], padding: [1, 2], dilation: [1, 2], groups: 1 },
    },
    {
      shapes: [
        [2, 4, 3, 3],
        [2, 2, 2, 2],
      ],
      attributes: { stride: [1, 2], padding: [1, 0], dilation: [1, 1], groups: 2 },
    },
  ],
});
