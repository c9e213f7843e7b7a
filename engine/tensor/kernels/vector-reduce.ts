import type { DType, TypedArray } from '../dtype.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { aligned, simd } from './simd.ts';
import { worthVectors } from './vector.ts';

const bytes = Float32Array.BYTES_PER_ELEMENT;

/**
 * Sums or largest elements of float32 over the last dimensions, the first, or both: by rows and columns of a matrix.
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
  const trailing = runLength(dims, (i) => shape.length - 1 - i);
  if (trailing === dims.length) return byRows(kind, data, sizeOf(shape.slice(0, shape.length - trailing)));
  const leading = runLength(dims, (i) => i);
  if (kind === 'max' || leading + trailing !== dims.length) return null;
  // Over both ends, as the gradient of a bias of channels: first the last dimensions, then the first.
  const kept = shape.slice(0, shape.length - trailing);
  const inner = trailing === 0 ? data : byRows(kind, data, sizeOf(kept));
  return byColumns(inner, sizeOf(kept.slice(0, leading)));
}

/** How many of the dimensions are there one after another, as `at` counts them. */
function runLength(dims: readonly number[], at: (i: number) => number): number {
  let length = 0;
  while (length < dims.length && dims.includes(at(length))) length++;
  return length;
}

function byRows(kind: 'sum' | 'max', data: Float32Array, rows: number): Float32Array {
  const { kernels } = simd!;
  return reduced(data, rows, data.length / rows, rows, kind === 'max' ? kernels.maxRows : kernels.sumRows);
}

const byColumns = (data: Float32Array, rows: number): Float32Array =>
  reduced(data, rows, data.length / rows, data.length / rows, simd!.kernels.sumColumns);

function reduced(
  data: Float32Array,
  rows: number,
  columns: number,
  size: number,
  kernel: (out: number, a: number, rows: number, columns: number) => void,
): Float32Array {
  const memory = simd!;
  const out = aligned(memory.base + data.length * bytes);
  memory.reserve(out + size * bytes - memory.base);
  memory.f32.set(data, memory.base / bytes);
  kernel(out, memory.base, rows, columns);
  return memory.f32.slice(out / bytes, out / bytes + size);
}
