import { type Expression, call, symbol } from '../../expression/expression.ts';
import { matmul as multiply } from '../../tensor/kernels/matmul.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { type Shape, broadcastShapes, showShape } from '../../tensor/shape.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { defineOp } from '../define.ts';

function matmulShape(a: Shape, b: Shape, { transposeA, transposeB }: Attributes): Shape {
  const turned = (shape: Shape, flag: unknown): string => showShape(shape) + (flag === true ? 'ᵀ' : '');
  const problem = (why: string): ShapeError =>
    new ShapeError(`matmul: ${turned(a, transposeA)} times ${turned(b, transposeB)}: ${why}`);
  if (a.length < 2 || b.length < 2) throw problem('both need at least two dimensions.');
  const [m, k] = transposeA === true ? [a.at(-1)!, a.at(-2)!] : [a.at(-2)!, a.at(-1)!];
  const [rows, n] = transposeB === true ? [b.at(-1)!, b.at(-2)!] : [b.at(-2)!, b.at(-1)!];
  if (k !== rows) {
    const mended = n === k ? ' Did you mean the transpose of the second?' : '';
    throw problem(`the first has ${k} columns, the second ${rows} rows; they must agree.${mended}`);
  }
  return [...broadcastShapes('matmul', a.slice(0, -2), b.slice(0, -2)), m, n];
}

const [a, b, upstream] = [symbol('a'), symbol('b'), symbol('ȳ')];
const mT = (x: Expression): Expression => call('mT', x);
const product = (x: Expression, y: Expression): Expression => call('matmul', x, y);

export const matmul = defineOp({
  name: 'matmul',
  doc: 'Matrix product: a [..., m, k] and b [..., k, n] give [..., m, n]; leading dimensions broadcast. `transposeA` and `transposeB` read the last two dimensions the other way round.',
  inputs: ['a', 'b'],
  result: 'count',
  shape: ([first, second], attributes) => matmulShape(first!, second!, attributes),
  forward: ([first, second], { transposeA, transposeB }, shape, dtype) =>
    multiply(first!, second!, transposeA === true, transposeB === true, shape, dtype),
  // C = A·B: Ā = C̄·Bᵀ and B̄ = Aᵀ·C̄; of a transposed argument the transpose of that.
  vjp: {
    a: ({ transposeA, transposeB }) => {
      const [plain, turned] = transposeB === true ? [mT(b), b] : [b, mT(b)];
      return call('sumLike', transposeA === true ? product(plain, mT(upstream)) : product(upstream, turned), a);
    },
    b: ({ transposeA, transposeB }) => {
      const [plain, turned] = transposeA === true ? [mT(a), a] : [a, mT(a)];
      return call('sumLike', transposeB === true ? product(mT(upstream), plain) : product(turned, upstream), b);
    },
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
        [3, 2],
        [4, 3],
      ],
      attributes: { transposeA: true, transposeB: true },
    },
    {
      shapes: [
        [3, 2],
        [3, 4],
      ],
      attributes: { transposeA: true, transposeB: false },
    },
    {
      shapes: [
        [5, 2, 3],
        [4, 3],
      ],
      attributes: { transposeA: false, transposeB: true },
    },
    {
      shapes: [
        [2, 1, 2, 3],
        [4, 3, 2],
      ],
    },
  ],
});
