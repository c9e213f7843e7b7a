import { call, symbol } from '../../expression/expression.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { pick } from '../../tensor/kernels/indexing.ts';
import { largest } from '../../tensor/kernels/pooling.ts';
import { sameShape, showShape } from '../../tensor/shape.ts';
import { defineOp, notDifferentiable } from '../define.ts';
import { pooledShape, poolingWindows } from './windows.ts';

export const maxPool2dPick = defineOp({
  name: 'maxPool2dPick',
  doc: 'The elements of t where the largest elements of the windows of x are: how maxPool2d changes when x changes by t.',
  inputs: ['t', 'x'],
  choosers: ['x'],
  shape: ([t, x], attributes) => {
    if (!sameShape(t!, x!)) throw new ShapeError(`maxPool2dPick: shapes ${showShape(t!)} and ${showShape(x!)} differ.`);
    return pooledShape(x!, poolingWindows('maxPool2dPick', x!, attributes));
  },
  forward: ([t, x], attributes, _shape, dtype) =>
    pick(t!.data, largest(x!.data, x!.shape, poolingWindows('maxPool2dPick', x!.shape, attributes)), dtype),
  // Where the largest element is does not change with small changes of x.
  vjp: { t: call('maxPool2dBack', symbol('ȳ'), symbol('x')), x: notDifferentiable },
  samples: [
    {
      shapes: [
        [2, 1, 4, 5],
        [2, 1, 4, 5],
      ],
      attributes: { kernel: [2, 3], stride: [2, 1], padding: [1, 0] },
    },
    {
      shapes: [
        [1, 6, 5],
        [1, 6, 5],
      ],
      attributes: { kernel: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 2], ceilMode: true },
    },
  ],
});
