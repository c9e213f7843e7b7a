import { call, symbol } from '../../expression/expression.ts';
import { average } from '../../tensor/kernels/pooling.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';
import { pooledShape, poolingWindows } from './windows.ts';

export const avgPool2d = defineOp({
  name: 'avgPool2d',
  doc: 'The mean of each window of the last two dimensions. With `countIncludePad`, padding counts as zeros. With `ceilMode` the last windows may reach beyond the end.',
  inputs: ['x'],
  result: 'float',
  shape: ([x], attributes) => pooledShape(x!, poolingWindows('avgPool2d', x!, attributes)),
  forward: ([x], attributes, _shape, dtype) =>
    average(
      x!.data,
      sizeOf(x!.shape.slice(0, -2)),
      poolingWindows('avgPool2d', x!.shape, attributes),
      attributes.countIncludePad === true,
      dtype,
    ),
  vjp: { x: call('avgPool2dBack', symbol('ȳ')) },
  samples: [
    { shapes: [[2, 2, 4, 4]], attributes: { kernel: [2, 2], stride: [2, 2], padding: [0, 0], countIncludePad: true } },
    { shapes: [[1, 5, 4]], attributes: { kernel: [3, 2], stride: [2, 1], padding: [1, 1], countIncludePad: false } },
    { shapes: [[1, 5, 4]], attributes: { kernel: [3, 2], stride: [2, 1], padding: [1, 1], countIncludePad: true } },
    {
      shapes: [[1, 6, 4]],
      attributes: { kernel: [3, 3], stride: [2, 2], padding: [1, 1], countIncludePad: true, ceilMode: true },
    },
  ],
});
