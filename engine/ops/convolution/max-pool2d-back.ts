import { call, symbol } from '../../expression/expression.ts';
import { put } from '../../tensor/kernels/indexing.ts';
import { largest } from '../../tensor/kernels/pooling.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { defineOp, notDifferentiable } from '../define.ts';
import { checkPooled, poolingWindows } from './windows.ts';

export const maxPool2dBack = defineOp({
  name: 'maxPool2dBack',
  doc: 'Zeros like x, with every element of g added where the largest element of its window of x is: the transpose of maxPool2dPick.',
  inputs: ['g', 'x'],
  choosers: ['x'],
  shape: ([g, x], attributes) => {
    checkPooled('maxPool2dBack', g!, x!, attributes);
    return x!;
  },
  forward: ([g, x], attributes, shape, dtype) =>
    put(g!.data, largest(x!.data, shape, poolingWindows('maxPool2dBack', shape, attributes)), sizeOf(shape), dtype),
  // Where the largest element is does not change with small changes of x.
  vjp: { g: call('maxPool2dPick', symbol('ȳ'), symbol('x')), x: notDifferentiable },
  samples: [
    {
      shapes: [
        [2, 1, 2, 2],
        [2, 1, 4, 5],
      ],
      attributes: { kernel: [3, 3], stride: [2, 2], padding: [1, 0] },
    },
    {
      shapes: [
        [1, 3, 2],
        [1, 6, 5],
      ],
      attributes: { kernel: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 2], ceilMode: true },
    },
  ],
});
