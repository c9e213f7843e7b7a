import { type DType, type TypedArray, allocate } from '../dtype.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { broadcastIndices } from './broadcast.ts';
import { vectorReduce } from './vector-reduce.ts';

/** Shape with the reduced dimensions kept as 1. */
export const keptShape = (shape: Shape, dims: readonly number[]): number[] =>
  shape.map((size, i) => (dims.includes(i) ? 1 : size));

/** Sums over dimensions. Accumulates in float64 whatever the dtype, so that long float32 sums stay good. */
export function sum(data: TypedArray, shape: Shape, dims: readonly number[], dtype: DType): TypedArray {
  return vectorReduce('sum', data, shape, dims, dtype) ?? reduce(data, shape, dims, dtype, 0, (total, x) => total + x);
}

/** Largest element over dimensions. NaN wins, as in PyTorch. */
export function max(data: TypedArray, shape: Shape, dims: readonly number[], dtype: DType): TypedArray {
  return vectorReduce('max', data, shape, dims, dtype) ?? reduce(data, shape, dims, dtype, -Infinity, Math.max);
}

export function min(data: TypedArray, shape: Shape, dims: readonly number[], dtype: DType): TypedArray {
  return reduce(data, shape, dims, dtype, Infinity, Math.min);
}

function reduce(
  data: TypedArray,
  shape: Shape,
  dims: readonly number[],
  dtype: DType,
  start: number,
  step: (total: number, x: number) => number,
): TypedArray {
  const kept = keptShape(shape, dims);
  const totals = new Float64Array(sizeOf(kept)).fill(start);
  const target = broadcastIndices(kept, shape);
  for (let i = 0; i < data.length; i++) totals[target[i]!] = step(totals[target[i]!]!, data[i]!);
  const out = allocate(dtype, totals.length);
  out.set(totals);
  return out;
}
