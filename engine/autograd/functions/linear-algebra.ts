import { ArgumentError, ShapeError } from '../../tensor/errors.ts';
import { showShape } from '../../tensor/shape.ts';
import { apply } from '../apply.ts';
import type { TensorLike } from '../create.ts';
import { optionsOf } from '../options.ts';
import { type Binary, binaryFunction } from '../shortcuts.ts';
import type { Tensor } from '../tensor.ts';
import { binary, operand, together, unary } from './arguments.ts';
import { reshape, unsqueeze } from './shape.ts';

/**
 * Matrix product; leading dimensions broadcast. A vector stands for a row on the left and a column on the right, and its
 * dimension goes again, as in PyTorch.
 */
export const matmul: Binary = binaryFunction('matmul', (a, b) => {
  const [first, second] = together('matmul', a, b);
  const row = first.shape.length === 1;
  const column = second.shape.length === 1;
  if (first.shape.length === 0 || second.shape.length === 0)
    throw noProduct(first, second, 'a scalar is no matrix; use mul().');
  if (row || column) {
    // Said here, where the shapes are still as they came.
    const [k, rows] = [first.shape.at(-1)!, second.shape.at(column ? -1 : -2)!];
    if (k !== rows) throw noProduct(first, second, `${k} elements meet ${rows}; they must agree.`);
  }
  const product = apply('matmul', [row ? unsqueeze(first, 0) : first, column ? unsqueeze(second, 1) : second]);
  if (!row && !column) return product;
  const rank = product.shape.length;
  return reshape(
    product,
    product.shape.filter((_, i) => !(row && i === rank - 2) && !(column && i === rank - 1)),
  );
});

/** TensorFlow.js' `matMul`: the matrix product, of what is transposed before if it is to be. */
export const matMul = (a: TensorLike, b: TensorLike, transposeA = false, transposeB = false): Tensor =>
  matmul(transposeA ? operand('matMul', a).mT : a, transposeB ? operand('matMul', b).mT : b);

const noProduct = (a: Tensor, b: Tensor, why: string): ShapeError =>
  new ShapeError(`matmul: ${showShape(a.shape)} times ${showShape(b.shape)}: ${why}`);

/** Matrix products of two batches, [b, n, k] and [b, k, m]. Unlike `matmul`, nothing broadcasts. @throws ShapeError */
export function bmm(a: TensorLike, b: TensorLike): Tensor {
  const [first, second] = together('bmm', a, b);
  const [p, q] = [first.shape, second.shape];
  if (p.length !== 3 || q.length !== 3 || p[0] !== q[0])
    throw new ShapeError(`bmm: needs [b, n, k] and [b, k, m], not ${showShape(p)} and ${showShape(q)}. See matmul().`);
  return apply('matmul', [first, second]);
}

/** Scalar product of two vectors. @throws ShapeError for anything else. */
export const dot = binary('dot');

/** Sum of the diagonal of a matrix. @throws ShapeError for anything else. */
export const trace = unary('trace');

/**
 * The diagonal of a matrix, `diagonal` places above the main one; of a vector, the matrix that has it there.
 * @throws ShapeError for more than two dimensions.
 */
export function diag(x: TensorLike, diagonal = 0): Tensor {
  const given = operand('diag', x);
  const [size, ...rest] = given.shape;
  if (size === undefined || rest.length > 1)
    throw new ShapeError(`diag: needs a vector or a matrix, not ${showShape(given.shape)}.`);
  if (rest.length === 1) return apply('diagonal', [given], { offset: diagonal });
  const side = size + Math.abs(diagonal);
  return apply('embedDiagonal', [given], { offset: diagonal, rows: side, columns: side });
}

const triangle =
  (op: 'tril' | 'triu') =>
  (x: TensorLike, diagonal = 0): Tensor =>
    apply(op, [operand(op, x)], { diagonal });

/** Zeros above the diagonal that is `diagonal` places above the main one, in each matrix. */
export const tril = triangle('tril');
/** Zeros below the diagonal that is `diagonal` places above the main one, in each matrix. */
export const triu = triangle('triu');

/**
 * Inverse of each square matrix, by Gaussian elimination: meant for small ones.
 * @throws ShapeError when the matrices are not square; ArgumentError, as in PyTorch, when one is singular: it has no inverse.
 */
export function inverse(x: TensorLike): Tensor {
  const matrices = operand('inverse', x);
  const found = apply('inverse', [matrices]);
  // What elimination gives where no pivot is left.
  const bad = found.data.findIndex(Number.isNaN);
  if (bad < 0 || !matrices.data.every(Number.isFinite)) return found;
  const [rows, size] = [found.shape.at(-1)!, found.shape.length];
  const which = size === 2 ? 'the matrix' : `matrix ${Math.floor(bad / rows ** 2)}`;
  throw new ArgumentError(`inverse: ${which} of x ${showShape(found.shape)} is singular: it has no inverse.`);
}

/**
 * Determinant of each square matrix. Its gradient is right for singular matrices too; second derivatives are NaN there.
 * @throws ShapeError when the matrices are not square.
 */
export const det = unary('det');

export interface TriangularOptions {
  /** Whether `a` is upper triangular. Default true. What is in the other triangle is not read. */
  readonly upper?: boolean;
  /** Whether ones stand for the diagonal of `a`. Default false. */
  readonly unitriangular?: boolean;
}

/**
 * X of A·X = B with a triangular A [..., n, n] and B [..., n, k]; leading dimensions broadcast. A zero on the diagonal
 * gives what a division by 0 gives.
 * @throws ShapeError when the shapes do not go together.
 */
export const solveTriangular = (a: TensorLike, b: TensorLike, options?: TriangularOptions): Tensor =>
  apply('solveTriangular', together('solveTriangular', a, b), {
    ...optionsOf('solveTriangular', options, { upper: true, unitriangular: false }),
  });
