import { call, symbol } from '../../expression/expression.ts';
import { storageOf } from '../../tensor/dtype.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { showShape } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';

export const trace = defineOp({
  name: 'trace',
  doc: 'Sum of the diagonal of a matrix.',
  inputs: ['x'],
  result: 'count',
  shape: ([x]) => {
    if (x!.length !== 2) throw new ShapeError(`trace: needs a matrix, [n, m], not ${showShape(x!)}.`);
    return [];
  },
  forward: ([x], _attributes, _shape, dtype) => {
    const [rows, columns] = x!.shape as [number, number];
    let total = 0;
    for (let i = 0; i < Math.min(rows, columns); i++) total += x!.data[i * columns + i]!;
    return storageOf(dtype, [total]);
  },
  // ȳ on the diagonal: ȳ·I.
  vjp: { x: call('timesIdentity', symbol('ȳ'), symbol('x')) },
  samples: [{ shapes: [[3, 3]] }, { shapes: [[2, 3]] }],
});
