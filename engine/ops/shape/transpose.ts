import { call, symbol } from '../../expression/expression.ts';
import { permute } from '../../tensor/kernels/layout.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { defineOp } from '../define.ts';
import { laneDimension } from '../lane.ts';

/** The order of dimensions after two of them have been swapped. */
function order(rank: number, { dim0, dim1 }: Attributes): number[] {
  const p = laneDimension('transpose', Number(dim0), rank);
  const q = laneDimension('transpose', Number(dim1), rank);
  return Array.from({ length: rank }, (_, i) => (i === p ? q : i === q ? p : i));
}

export const transpose = defineOp({
  name: 'transpose',
  doc: 'Swaps two dimensions.',
  inputs: ['x'],
  shape: ([x], attributes) => order(x!.length, attributes).map((d) => x![d]!),
  forward: ([x], attributes) => permute(x!.data, x!.shape, order(x!.shape.length, attributes)),
  vjp: { x: call('transposeBack', symbol('ȳ')) },
  samples: [
    { shapes: [[2, 3]], attributes: { dim0: 0, dim1: 1 } },
    { shapes: [[2, 3, 4]], attributes: { dim0: -1, dim1: 0 } },
  ],
});
