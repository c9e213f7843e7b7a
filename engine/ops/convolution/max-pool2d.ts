import { call, symbol } from '../../expression/expression.ts';
import { pick } from '../../tensor/kernels/indexing.ts';
import { largest } from '../../tensor/kernels/pooling.ts';
import { defineOp } from '../define.ts';
import { pooledShape, poolingWindows } from './windows.ts';

export const maxPool2d = defineOp({
  name: 'maxPool2d',
  doc: 'The largest element of each window of the last two dimensions, whose elements lie `dilation` apart. Padding is never the largest. With `ceilMode` the last windows may reach beyond the end.',
  inputs: ['x'],
  shape: ([x], attributes) => pooledShape(x!, poolingWindows('maxPool2d', x!, attributes)),
  forward: ([x], attributes, _shape, dtype) =>
    pick(x!.data, largest(x!.data, x!.shape, poolingWindows('maxPool2d', x!.shape, attributes)), dtype),
  vjp: { x: call('maxPool2dBack', symbol('ȳ'), symbol('x')) },
  convention:
    'Of equal largest elements the first, row by row, gets the whole gradient, as in PyTorch. A NaN is the largest.',
  samples: [
    { shapes: [[2, 2, 4, 4]], attributes: { kernel: [2, 2], stride: [2, 2], padding: [0, 0] } },
    { shapes: [[1, 5, 4]], attributes: { kernel: [3, 2], stride: [2, 1], padding: [1, 1] } },
    {
      shapes: [[1, 6, 5]],
      attributes: { kernel: [2, 2], stride: [2, 3], padding: [0, 1], dilation: [2, 1], ceilMode: true },
    },
  ],
});
