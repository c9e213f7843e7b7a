import { type DType, type TypedArray, allocate } from '../dtype.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { type Operand, broadcastIndices } from './elementwise.ts';

/**
 * Matrix products of a [..., m, k] and b [..., k, n] with broadcast leading dimensions; a transposed operand is stored
 * the other way round. Sums are kept in float64 whatever the dtype.
 */
export function matmul(
  a: Operand,
  b: Operand,
  transposeA: boolean,
  transposeB: boolean,
  shape: Shape,
  dtype: DType,
): TypedArray {
  const [m, n] = [shape.at(-2)!, shape.at(-1)!];
  const k = a.shape.at(transposeA ? -2 : -1)!;
  const [rowOfA, columnOfA] = transposeA ? [1, m] : [k, 1];
  const batch = shape.slice(0, -2);
  const p = broadcastIndices(a.shape.slice(0, -2), batch);
  const q = broadcastIndices(b.shape.slice(0, -2), batch);
  const out = allocate(dtype, sizeOf(shape));
  const row = new Float64Array(n);
  for (let i = 0; i < p.length; i++) {
    const fromB = q[i]! * k * n;
    for (let r = 0; r < m; r++) {
      let at = p[i]! * m * k + r * rowOfA;
      row.fill(0);
      for (let c = 0; c < k; c++, at += columnOfA) {
        const x = a.data[at]!;
        if (transposeB) for (let j = 0; j < n; j++) row[j]! += x * b.data[fromB + j * k + c]!;
        else for (let j = 0; j < n; j++) row[j]! += x * b.data[fromB + c * n + j]!;
      }
      out.set(row, (i * m + r) * n);
    }
  }
  return out;
}
