import { type DType, type TypedArray, allocate } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import { type Factors, factorize, pivotProduct, solveLower, solveUpper } from './lu.ts';

type Entry = (row: number, column: number, value: number) => void;

/** The factors of each matrix of a [..., n, n] tensor. */
function* factorsOf(data: TypedArray, shape: Shape): Generator<Factors> {
  const n = shape.at(-1)!;
  const count = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  for (let i = 0; i < count; i++) yield factorize(data.subarray(i * n * n, (i + 1) * n * n), n);
}

function perMatrix(
  data: TypedArray,
  shape: Shape,
  dtype: DType,
  fill: (factors: Factors, entry: Entry) => void,
): TypedArray {
  const out = allocate(dtype, data.length);
  let start = 0;
  for (const factors of factorsOf(data, shape)) {
    const { n } = factors;
    const from = start;
    fill(factors, (row, column, value) => (out[from + row * n + column] = value));
    start += n * n;
  }
  return out;
}

/** Determinants, as products of pivots. */
export function determinant(data: TypedArray, shape: Shape, dtype: DType): TypedArray {
  const found = Array.from(factorsOf(data, shape), (factors) =>
    factors.rank < factors.n ? 0 : pivotProduct(factors, factors.n),
  );
  const out = allocate(dtype, found.length);
  out.set(found);
  return out;
}

/** Inverses; NaN for a matrix that has none. */
export const inverse = (data: TypedArray, shape: Shape, dtype: DType): TypedArray =>
  perMatrix(data, shape, dtype, (factors, entry) => fillInverse(factors, 1, entry));

function fillInverse(factors: Factors, scale: number, entry: Entry): void {
  const { n, rank, rows, columns } = factors;
  const column = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    column.fill(rank < n ? NaN : 0);
    column[k] = rank < n ? NaN : 1;
    solveLower(factors, column);
    solveUpper(factors, rank, column);
    for (let i = 0; i < n; i++) entry(columns[i]!, rows[k]!, scale * column[i]!);
  }
}

/**
 * Matrices of cofactors, ∂det A / ∂A: det A·A⁻ᵀ where A has an inverse. Of rank n − 1 it is an outer product of null
 * vectors of Aᵀ and of A, from adj A = adj Q·adj U·adj L·adj P; below that rank it is 0.
 */
export const cofactors = (data: TypedArray, shape: Shape, dtype: DType): TypedArray =>
  perMatrix(data, shape, dtype, (factors, entry) => {
    const { n, rank } = factors;
    if (rank === n) fillInverse(factors, pivotProduct(factors, n), (row, column, value) => entry(column, row, value));
    else if (rank === n - 1) fillOuter(factors, entry);
  });

function fillOuter(factors: Factors, entry: Entry): void {
  const { lu, n, rows, columns } = factors;
  const right = new Float64Array(n);
  for (let i = 0; i < n - 1; i++) right[i] = -lu[i * n + n - 1]!;
  solveUpper(factors, n - 1, right);
  right[n - 1] = 1;
  const left = new Float64Array(n);
  left[n - 1] = 1;
  for (let i = n - 2; i >= 0; i--) for (let j = i + 1; j < n; j++) left[i]! -= lu[j * n + i]! * left[j]!;
  const scale = pivotProduct(factors, n - 1);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) entry(rows[i]!, columns[j]!, scale * left[i]! * right[j]!);
}
