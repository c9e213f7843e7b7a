import type { TypedArray } from '../tensor/dtype.ts';
import { type Content, type Statistics, maxElements } from './format.ts';

/** One pass for counts, sums and extremes, a second for the deviation, which is exact then. */
export function statisticsOf(data: ArrayLike<number>): Statistics {
  const counts = { negative: 0, zero: 0, positive: 0, negativeInfinity: 0, positiveInfinity: 0, nan: 0 };
  let [min, max, sum, squares, finite] = [Infinity, -Infinity, 0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    if (Number.isNaN(x)) counts.nan++;
    else if (x === Infinity) counts.positiveInfinity++;
    else if (x === -Infinity) counts.negativeInfinity++;
    else {
      if (x < 0) counts.negative++;
      else if (x > 0) counts.positive++;
      else counts.zero++;
      finite++;
      sum += x;
      squares += x * x;
      if (x < min) min = x;
      if (x > max) max = x;
    }
  }
  if (finite === 0) return { size: data.length, min: NaN, max: NaN, mean: NaN, deviation: NaN, norm: NaN, ...counts };
  const mean = sum / finite;
  let spread = 0;
  for (let i = 0; i < data.length; i++) if (Number.isFinite(data[i])) spread += (data[i]! - mean) ** 2;
  return {
    size: data.length,
    min,
    max,
    mean,
    deviation: Math.sqrt(spread / finite),
    norm: norm(data, squares, min, max),
    ...counts,
  };
}

/** √Σx², scaled by the largest magnitude where squares would overflow or vanish. */
function norm(data: ArrayLike<number>, squares: number, min: number, max: number): number {
  const largest = Math.max(Math.abs(min), Math.abs(max));
  if (largest === 0 || (squares > 1e-290 && squares < 1e290)) return Math.sqrt(squares);
  let scaled = 0;
  for (let i = 0; i < data.length; i++) if (Number.isFinite(data[i])) scaled += (data[i]! / largest) ** 2;
  return largest * Math.sqrt(scaled);
}

/** A tensor's content as a trace keeps it. Storage is never written to after it was made, so it is not copied. */
export const contentOf = (data: TypedArray): Content => ({
  statistics: statisticsOf(data),
  data: data.length <= maxElements ? data : null,
});
