import { call, negative, symbol } from '../../expression/expression.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { solveTriangular as substitute } from '../../tensor/kernels/triangular.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { broadcastShapes, showShape } from '../../tensor/shape.ts';
import { type Sample, defineOp } from '../define.ts';
import { squareOnly } from './square.ts';

const [a, b, y] = [symbol('a'), symbol('b'), symbol('y')];
/** Aᵀ·B̄ = Ȳ: the same substitution with the transpose. */
const back = call('solveBack', a, symbol('ȳ'));

const truths = ({ upper, unitriangular, transpose }: Attributes) => ({
  upper: upper === true,
  unitriangular: unitriangular === true,
  transpose: transpose === true,
});

const sample = (upper: boolean, unitriangular: boolean, transpose: boolean, batch: readonly number[] = []): Sample => ({
  shapes: [
    [3, 3],
    [...batch, 3, 2],
  ],
  attributes: { upper, unitriangular, transpose },
  // Nothing near 0 on the diagonal.
  range: [0.5, 1.5],
});

/** Solves A·X = B for a triangular A (Giles 2008, "Collected matrix derivative results", 2.3.1): Ā = −B̄·Xᵀ, its triangle. */
export const solveTriangular = defineOp({
  name: 'solveTriangular',
  doc: 'X of A·X = B, with A the `upper` or lower triangle of `a` (ones on its diagonal when `unitriangular`, its transpose when `transpose`).',
  inputs: ['a', 'b'],
  result: 'float',
  shape: ([matrix, right]) => {
    squareOnly('solveTriangular', matrix!);
    if (right!.length < 2 || right!.at(-2) !== matrix!.at(-1)) {
      const hint = right!.length === 1 ? ' Give a vector as one column: b.unsqueeze(1).' : '';
      throw new ShapeError(
        `solveTriangular: a ${showShape(matrix!)} needs b of shape [..., ${matrix!.at(-1)!}, k], not ${showShape(right!)}.${hint}`,
      );
    }
    const batch = broadcastShapes('solveTriangular', matrix!.slice(0, -2), right!.slice(0, -2));
    return [...batch, ...right!.slice(-2)];
  },
  forward: ([matrix, right], attributes, shape, dtype) => substitute(matrix!, right!, truths(attributes), shape, dtype),
  vjp: {
    a: ({ transpose }) => {
      const product = transpose === true ? call('matmul', y, call('mT', back)) : call('matmul', back, call('mT', y));
      return call('sumLike', negative(call('sameTriangle', product)), a);
    },
    b: call('sumLike', back, b),
  },
  samples: [
    sample(true, false, false),
    sample(false, false, true),
    sample(false, true, false, [2]),
    sample(true, true, true),
  ],
});
