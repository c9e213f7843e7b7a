/** Matrices of float64, row by row: the examples' networks once more, without tensors. */
export type Matrix = readonly (readonly number[])[];

export const matrix = (numbers: readonly number[], columns: number): number[][] =>
  Array.from({ length: numbers.length / columns }, (_, i) => numbers.slice(i * columns, (i + 1) * columns));

export const product = (a: Matrix, b: Matrix): number[][] =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)));

export const transposed = (a: Matrix): number[][] => a[0]!.map((_, j) => a.map((row) => row[j]!));

export const each = (f: (...x: number[]) => number, ...of: readonly Matrix[]): number[][] =>
  of[0]!.map((row, i) => row.map((_, j) => f(...of.map((one) => one[i]![j]!))));

/** Frobenius: the root of the sum of the squares. */
export const norm = (a: Matrix): number => Math.hypot(...a.flat());
