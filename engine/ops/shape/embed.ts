import { call, symbol } from '../../expression/expression.ts';
import { embed as embedded } from '../../tensor/kernels/layout.ts';
import { defineOp } from '../define.ts';

export const embed = defineOp({
  name: 'embed',
  doc: 'Zeros of shape `shape` with the tensor put in along `dim` from `start` in steps of `step`: what undoes a slice.',
  inputs: ['x'],
  shape: (_shapes, attributes) => attributes.shape as readonly number[],
  forward: ([x], { dim, start, step }, shape) =>
    embedded(x!.data, x!.shape, shape, Number(dim), Number(start), Number(step)),
  vjp: { x: call('sliceBack', symbol('ȳ'), symbol('x')) },
  samples: [{ shapes: [[2, 3]], attributes: { shape: [4, 3], dim: 0, start: 1, step: 1 } }],
});
