import type { TypedArray } from '../tensor/dtype.ts';
import { type Content, type Statistics, maxElements } from './format.ts';

/** One pass for counts and extremes, one for sums, one for the deviation, which is exact then. */
export function statisticsOf(data: ArrayLike<number>): Statistics {
  const counts = { negative: 0, zero: 0, positive: 0, negativeInfinity: 0, positiveInfinity: 0, nan: 0 };
  let [min, max] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    if (Number.isNaN(x)) counts.nan++;
    else if (x === Infinity) counts.positiveInfinity++;
    else if (x === -Infinity) counts.negativeInfinity++;
    else {
      if (x < 0) counts.negative++;
      else if (x > 0) counts.positive++;
      else counts.zero++;
      if (x < min) min = x;
      if (x > max) max = x;
    }
  }
  const finite = counts.negative + counts.zero + counts.positive;
  if (finite === 0) {
    const none = { min: NaN, max: NaN, mean: NaN, deviation: NaN, norm: NaN, magnitude: NaN };
    return { size: data.length, ...none, ...counts };
  }
  return { size: data.length, min, max, ...momentsOf(data, finite, scaleOf(min, max)), ...counts };
}

/** What to divide by where squares would overflow or vanish; else 1, which changes no bit. */
function scaleOf(min: number, max: number): number {
  const largest = Math.max(Math.abs(min), Math.abs(max));
  return largest === 0 || (largest > 1e-140 && largest < 1e140) ? 1 : largest;
}

function momentsOf(
  data: ArrayLike<number>,
  finite: number,
  scale: number,
): Pick<Statistics, 'mean' | 'deviation' | 'norm' | 'magnitude'> {
  let [sum, squares, magnitudes, spread] = [0, 0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) continue;
    const x = data[i]! / scale;
    sum += x;
    squares += x * x;
    magnitudes += Math.abs(x);
  }
  const mean = sum / finite;
  for (let i = 0; i < data.length; i++) if (Number.isFinite(data[i])) spread += (data[i]! / scale - mean) ** 2;
  return {
    mean: mean * scale,
    deviation: Math.sqrt(spread / finite) * scale,
    norm: Math.sqrt(squares) * scale,
    magnitude: (magnitudes / finite) * scale,
  };
}

/** A tensor's content as a trace keeps it. Storage is never written to after it was made, so it is not copied. */
export const contentOf = (data: TypedArray, kept = maxElements): Content => ({
  statistics: statisticsOf(data),
  data: data.length <= kept ? data : null,
});
