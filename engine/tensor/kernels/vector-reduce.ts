import { type DType, type TypedArray } from '../dtype.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { aligned, simd } from './simd.ts';
import { worthVectors } from './vector.ts';

const bytes = Float32Array.BYTES_PER_ELEMENT;

/**
 * Sums or largest elements over the last or over the first dimensions of float32, where the content is a matrix to be
 * reduced by rows or by columns.
 * @returns null for anything else.
 */
export function vectorReduce(
  kind: 'sum' | 'max',
  data: TypedArray,
  shape: Shape,
  dims: readonly number[],
  dtype: DType,
): TypedArray | null {
  if (!simd || dtype !== 'float32' || !(data instanceof Float32Array) || data.length < worthVectors) return null;
  const rank = shape.length;
  const last = dims.every((_, i) => dims.includes(rank - 1 - i));
  const first = dims.every((_, i) => dims.includes(i));
  if (dims.length === 0 || (!last && (!first || kind === 'max'))) return null;
  const rows = sizeOf(last ? shape.slice(0, rank - dims.length) : shape.slice(0, dims.length));
  const columns = data.length / rows;
  const { base, kernels } = simd;
  const out = aligned(base + data.length * bytes);
  const size = last ? rows : columns;
  simd.reserve(out + size * bytes - base);
  simd.f32.set(data, base / bytes);
  const kernel = kind === 'max' ? kernels.maxRows : last ? kernels.sumRows : kernels.sumColumns;
  kernel(out, base, rows, columns);
  return simd.f32.slice(out / bytes, out / bytes + size);
}
