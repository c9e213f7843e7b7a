import type { Pullback } from '../algebra.ts';

const trilBack: Pullback = ([g], { algebra, attributes }) => algebra.apply('tril', [g!], attributes);
const triuBack: Pullback = ([g], { algebra, attributes }) => algebra.apply('triu', [g!], attributes);

const diagonalBack: Pullback = ([g, x], { algebra, attributes }) => {
  const [rows, columns] = [x!.shape.at(-2)!, x!.shape.at(-1)!];
  return algebra.apply('embedDiagonal', [g!], { offset: attributes.offset!, rows, columns });
};

const embedDiagonalBack: Pullback = ([g], { algebra, attributes }) =>
  algebra.apply('diagonal', [g!], { offset: attributes.offset! });

/** A number on the diagonal of zeros of the shape of x. */
const timesIdentity: Pullback = ([g, x], { algebra }) => {
  const [rows, columns] = x!.shape as [number, number];
  const repeated = algebra.apply('expand', [g!], { shape: [Math.min(rows, columns)] });
  return algebra.apply('embedDiagonal', [repeated], { offset: 0, rows, columns });
};

/** One number per matrix, shaped so that it meets all elements of its matrix. */
const perMatrix: Pullback = ([g], { algebra }) => algebra.apply('reshape', [g!], { shape: [...g!.shape, 1, 1] });

/** ⟨a, b⟩ of each pair of matrices. */
const innerPerMatrix: Pullback = ([a, b], { algebra }) =>
  algebra.apply('sum', [algebra.apply('mul', [a!, b!])], { dim: [-2, -1], keepdim: true });

const solveBack: Pullback = ([a, g], { algebra, attributes }) =>
  algebra.apply('solveTriangular', [a!, g!], { ...attributes, transpose: attributes.transpose !== true });

/** The part of a matrix that substitution reads. */
const sameTriangle: Pullback = ([x], { algebra, attributes: { upper, unitriangular } }) => {
  const away = unitriangular === true ? 1 : 0;
  return upper === true
    ? algebra.apply('triu', [x!], { diagonal: away })
    : algebra.apply('tril', [x!], { diagonal: -away });
};

export const linearAlgebraPullbacks = {
  trilBack,
  triuBack,
  diagonalBack,
  embedDiagonalBack,
  timesIdentity,
  perMatrix,
  innerPerMatrix,
  solveBack,
  sameTriangle,
};
