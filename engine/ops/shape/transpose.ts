import { call, symbol } from '../../expression/expression.ts';
import { transpose as swapped } from '../../tensor/kernels/layout.ts';
import { dimensionOf } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';

export const transpose = defineOp({
  name: 'transpose',
  doc: 'Swaps two dimensions.',
  inputs: ['x'],
  shape: ([x], { dim0, dim1 }) => {
    const p = dimensionOf('transpose', Number(dim0), x!.length);
    const q = dimensionOf('transpose', Number(dim1), x!.length);
    return x!.map((size, i) => (i === p ? x![q]! : i === q ? x![p]! : size));
  },
  forward: ([x], { dim0, dim1 }) => {
    const rank = x!.shape.length;
    return swapped(
      x!.data,
      x!.shape,
      dimensionOf('transpose', Number(dim0), rank),
      dimensionOf('transpose', Number(dim1), rank),
    );
  },
  vjp: { x: call('transposeBack', symbol('ȳ')) },
  samples: [
    { shapes: [[2, 3]], attributes: { dim0: 0, dim1: 1 } },
    { shapes: [[2, 3, 4]], attributes: { dim0: -1, dim1: 0 } },
  ],
});
