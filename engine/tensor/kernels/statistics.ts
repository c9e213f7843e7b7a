import { aligned, simd } from './simd.ts';
import { worthVectors } from './vector.ts';

/** What statistics are made of. */
export interface Moments {
  readonly sum: number;
  readonly squares: number;
  readonly magnitudes: number;
  readonly min: number;
  readonly max: number;
  readonly negative: number;
  readonly zero: number;
  /** Sum of the squares of what each number is apart from the mean. */
  readonly spread: number;
}

const bytes = Float32Array.BYTES_PER_ELEMENT;
/** As many doubles as the kernel writes. */
const results = 7;

/** Of float32, in float64, by vectors; null for anything else, and where a number is not finite. */
export function vectorMoments(data: ArrayLike<number>): Moments | null {
  if (!simd || !(data instanceof Float32Array) || data.length < worthVectors) return null;
  const { base, kernels } = simd;
  const out = aligned(base + data.length * bytes);
  simd.reserve(out + results * Float64Array.BYTES_PER_ELEMENT - base);
  simd.f32.set(data, base / bytes);
  kernels.moments(out, base, data.length);
  const made = (i: number): number => simd!.f64[out / Float64Array.BYTES_PER_ELEMENT + i]!;
  const [sum, squares] = [made(0), made(1)];
  if (!Number.isFinite(squares)) return null;
  const spread = kernels.spread(base, data.length, sum / data.length);
  return {
    sum,
    squares,
    magnitudes: made(2),
    min: made(3),
    max: made(4),
    negative: made(5),
    zero: made(6),
    spread,
  };
}
