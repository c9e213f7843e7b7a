import { call, symbol } from '../expression/expression.ts';
import { matmul as product } from '../tensor/kernels/matmul.ts';
import { ShapeError } from '../tensor/errors.ts';
import { type Shape, broadcastShapes, showShape } from '../tensor/shape.ts';
import { defineOp } from './define.ts';

function matmulShape(a: Shape, b: Shape): Shape {
  const problem = (why: string): ShapeError => new ShapeError(`matmul: ${showShape(a)} times ${showShape(b)}: ${why}`);
  if (a.length < 2 || b.length < 2) throw problem('both need at least two dimensions.');
  const [m, k] = [a.at(-2)!, a.at(-1)!];
  const [rows, n] = [b.at(-2)!, b.at(-1)!];
  if (k !== rows) {
    const mended = b.at(-1) === k ? ' Did you mean the transpose of the second?' : '';
    throw problem(`the first has ${k} columns, the second ${rows} rows; they must agree.${mended}`);
  }
  return [...broadcastShapes('matmul', a.slice(0, -2), b.slice(0, -2)), m, n];
}

export const matmul = defineOp({
  name: 'matmul',
  doc: 'Matrix product: a [..., m, k] and b [..., k, n] give [..., m, n]; leading dimensions broadcast.',
  inputs: ['a', 'b'],
  shape: ([a, b]) => matmulShape(a!, b!),
  forward: ([a, b], _attributes, shape, dtype) => product(a!, b!, shape, dtype),
  vjp: {
    a: call('sumLike', call('matmul', symbol('ȳ'), call('mT', symbol('b'))), symbol('a')),
    b: call('sumLike', call('matmul', call('mT', symbol('a')), symbol('ȳ')), symbol('b')),
  },
  samples: [
    {
      shapes: [
        [2, 3],
        [3, 4],
      ],
    },
    {
      shapes: [
        [5, 2, 3],
        [3, 4],
      ],
    },
    {
      shapes: [
        [2, 1, 2, 3],
        [4, 3, 2],
      ],
    },
  ],
});
