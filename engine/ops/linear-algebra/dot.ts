import { symbol, times } from '../../expression/expression.ts';
import { storageOf } from '../../tensor/dtype.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { sameShape, showShape } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';

export const dot = defineOp({
  name: 'dot',
  doc: 'Scalar product of two vectors.',
  inputs: ['a', 'b'],
  result: 'count',
  shape: ([a, b]) => {
    if (a!.length !== 1 || !sameShape(a!, b!)) {
      const hint = a!.length > 1 || b!.length > 1 ? ' matmul() is the product of matrices.' : '';
      throw new ShapeError(`dot: needs two vectors of one length, not ${showShape(a!)} and ${showShape(b!)}.${hint}`);
    }
    return [];
  },
  forward: ([a, b], _attributes, _shape, dtype) => {
    let total = 0;
    for (let i = 0; i < a!.data.length; i++) total += a!.data[i]! * b!.data[i]!;
    return storageOf(dtype, [total]);
  },
  vjp: { a: times(symbol('ȳ'), symbol('b')), b: times(symbol('ȳ'), symbol('a')) },
  samples: [{ shapes: [[3], [3]] }],
});
