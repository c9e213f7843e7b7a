/** P·A·Q = L·U of an n × n matrix, with the largest element of what is left as each pivot. */
export interface Factors {
  /** L below the diagonal (its own is 1) and U on and above it. */
  readonly lu: Float64Array;
  readonly n: number;
  /** Row i of P·A is row rows[i] of A; column i of A·Q is column columns[i]. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  /** det P · det Q. */
  readonly sign: number;
  /** How many pivots are not 0. */
  readonly rank: number;
}

/**
 * Gaussian elimination with complete pivoting (Golub and Van Loan, Matrix Computations, 3.4.8): what is left at the end
 * tells the rank, which partial pivoting does not.
 */
export function factorize(matrix: ArrayLike<number>, n: number): Factors {
  const lu = Float64Array.from(matrix);
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const columns = rows.slice();
  let sign = 1;
  for (let k = 0; k < n; k++) {
    const [r, c] = largest(lu, n, k);
    if (lu[r * n + c] === 0) return { lu, n, rows, columns, sign, rank: k };
    if (r !== k) {
      for (let j = 0; j < n; j++) swap(lu, k * n + j, r * n + j);
      swap(rows, k, r);
      sign = -sign;
    }
    if (c !== k) {
      for (let i = 0; i < n; i++) swap(lu, i * n + k, i * n + c);
      swap(columns, k, c);
      sign = -sign;
    }
    for (let i = k + 1; i < n; i++) {
      const factor = (lu[i * n + k]! /= lu[k * n + k]!);
      for (let j = k + 1; j < n; j++) lu[i * n + j]! -= factor * lu[k * n + j]!;
    }
  }
  return { lu, n, rows, columns, sign, rank: n };
}

function largest(lu: Float64Array, n: number, from: number): [number, number] {
  let [row, column, most] = [from, from, -1];
  for (let i = from; i < n; i++) {
    for (let j = from; j < n; j++) {
      const size = Math.abs(lu[i * n + j]!);
      // NaN is taken at once, so that it spreads.
      if (Number.isNaN(size)) return [i, j];
      if (size > most) [row, column, most] = [i, j, size];
    }
  }
  return [row, column];
}

function swap(list: Float64Array | Int32Array, i: number, j: number): void {
  const kept = list[i]!;
  list[i] = list[j]!;
  list[j] = kept;
}

/** The product of the first `count` pivots, with the sign of the permutations. */
export function pivotProduct({ lu, n, sign }: Factors, count: number): number {
  let product = sign;
  for (let i = 0; i < count; i++) product *= lu[i * n + i]!;
  return product;
}

/** Solves U₁·z = y in place, with U₁ the first `count` rows and columns of U. */
export function solveUpper({ lu, n }: Factors, count: number, y: Float64Array): void {
  for (let i = count - 1; i >= 0; i--) {
    for (let j = i + 1; j < count; j++) y[i]! -= lu[i * n + j]! * y[j]!;
    y[i]! /= lu[i * n + i]!;
  }
}

/** Solves L·z = y in place. */
export function solveLower({ lu, n }: Factors, y: Float64Array): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) y[i]! -= lu[i * n + j]! * y[j]!;
}
