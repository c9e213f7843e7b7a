import { type DType, type TypedArray, allocate } from '../dtype.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { type Operand, broadcastIndices } from './broadcast.ts';

/** Zeros outside a triangle: element (i, j) stays where j − i is at most (`lower`) or at least `diagonal`. */
export function triangle(data: TypedArray, shape: Shape, dtype: DType, lower: boolean, diagonal: number): TypedArray {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!];
  const out = allocate(dtype, data.length);
  for (let start = 0, i = 0; start < data.length; start += columns, i = (i + 1) % rows) {
    const edge = Math.min(Math.max(i + diagonal + (lower ? 1 : 0), 0), columns);
    const [from, to] = lower ? [0, edge] : [edge, columns];
    out.set(data.subarray(start + from, start + to), start + from);
  }
  return out;
}

export interface Triangle {
  readonly upper: boolean;
  /** Ones stand for the diagonal, whatever is there. */
  readonly unitriangular: boolean;
  /** Solve with the transpose of a. */
  readonly transpose: boolean;
}

/** Solves a·x = b by substitution for each pair of matrices; leading dimensions broadcast. */
export function solveTriangular(
  a: Operand,
  b: Operand,
  { upper, unitriangular, transpose }: Triangle,
  shape: Shape,
  dtype: DType,
): TypedArray {
  const [n, count] = [shape.at(-2)!, shape.at(-1)!];
  const [toNextRow, toNextColumn] = transpose ? [1, n] : [n, 1];
  const batch = shape.slice(0, -2);
  const p = broadcastIndices(a.shape.slice(0, -2), batch);
  const q = broadcastIndices(b.shape.slice(0, -2), batch);
  const out = allocate(dtype, sizeOf(shape));
  const x = new Float64Array(n);
  const fromBelow = upper !== transpose;
  for (let m = 0; m < p.length; m++) {
    const [matrix, right] = [p[m]! * n * n, q[m]! * n * count];
    for (let c = 0; c < count; c++) {
      for (let k = 0; k < n; k++) {
        const i = fromBelow ? n - 1 - k : k;
        let rest = b.data[right + i * count + c]!;
        for (let done = 0; done < k; done++) {
          const j = fromBelow ? n - 1 - done : done;
          rest -= a.data[matrix + i * toNextRow + j * toNextColumn]! * x[j]!;
        }
        x[i] = unitriangular ? rest : rest / a.data[matrix + i * (n + 1)]!;
        out[(m * n + i) * count + c] = x[i]!;
      }
    }
  }
  return out;
}
