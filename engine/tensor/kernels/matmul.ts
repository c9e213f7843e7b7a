import { type DType, type TypedArray, allocate } from '../dtype.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { type Operand, broadcastIndices } from './elementwise.ts';

/**
 * Matrix products of a [..., m, k] and b [..., k, n] with broadcast leading dimensions.
 * Rows of b are walked in the innermost loop, so that all reads run along memory; sums are kept in float64.
 */
export function matmul(a: Operand, b: Operand, shape: Shape, dtype: DType): TypedArray {
  const [m, n] = [shape.at(-2)!, shape.at(-1)!];
  const k = a.shape.at(-1)!;
  const batch = shape.slice(0, -2);
  const p = broadcastIndices(a.shape.slice(0, -2), batch);
  const q = broadcastIndices(b.shape.slice(0, -2), batch);
  const out = allocate(dtype, sizeOf(shape));
  const row = new Float64Array(n);
  for (let i = 0; i < p.length; i++) {
    const [fromA, fromB] = [p[i]! * m * k, q[i]! * k * n];
    for (let r = 0; r < m; r++) {
      row.fill(0);
      for (let c = 0; c < k; c++) {
        const x = a.data[fromA + r * k + c]!;
        const start = fromB + c * n;
        for (let j = 0; j < n; j++) row[j]! += x * b.data[start + j]!;
      }
      out.set(row, (i * m + r) * n);
    }
  }
  return out;
}
