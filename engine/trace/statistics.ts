import type { TypedArray } from '../tensor/dtype.ts';
import type { Moments } from '../tensor/kernels/statistics.ts';
import { type Content, type Statistics, maxElements } from './format.ts';

/** Makes the sums of a content in its own way, as by vectors; null where it has none. */
export type MomentsOf = (data: ArrayLike<number>) => Moments | null;

/** Extremes, counts and moments. */
export function statisticsOf(data: ArrayLike<number>, momentsOf: MomentsOf = plainMoments): Statistics {
  const size = data.length;
  if (size === 1 && Number.isFinite(data[0])) return statisticsOfOne(data[0]!);
  const moments = momentsOf(data) ?? plainMoments(data);
  if (moments === null || scaleOf(moments.min, moments.max) !== 1) return carefulStatisticsOf(data);
  const { sum, squares, magnitudes, min, max, negative, zero, spread } = moments;
  return {
    size,
    min,
    max,
    mean: sum / size,
    deviation: Math.sqrt(spread / size),
    norm: Math.sqrt(squares),
    magnitude: magnitudes / size,
    negative,
    zero,
    positive: size - negative - zero,
    negativeInfinity: 0,
    positiveInfinity: 0,
    nan: 0,
  };
}

/** Loops of one thing each: a processor takes them several times as fast as one loop of all. Null for what is not finite. */
function plainMoments(data: ArrayLike<number>): Moments | null {
  const sums = sumsOf(data);
  if (data.length === 0 || !Number.isFinite(sums.squares)) return null;
  const [min, max] = extremesOf(data);
  const [negative, zero] = signsOf(data);
  return { ...sums, min, max, negative, zero, spread: spreadOf(data, sums.sum / data.length) };
}

function statisticsOfOne(x: number): Statistics {
  const size = Math.abs(x);
  return {
    size: 1,
    min: x,
    max: x,
    mean: x,
    deviation: 0,
    norm: size,
    magnitude: size,
    negative: Number(x < 0),
    zero: Number(x === 0),
    positive: Number(x > 0),
    negativeInfinity: 0,
    positiveInfinity: 0,
    nan: 0,
  };
}

function sumsOf(data: ArrayLike<number>): { sum: number; squares: number; magnitudes: number } {
  let [sum, squares, magnitudes] = [0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    sum += x;
    squares += x * x;
    magnitudes += Math.abs(x);
  }
  return { sum, squares, magnitudes };
}

function extremesOf(data: ArrayLike<number>): readonly [number, number] {
  let [min, max] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    if (x < min) min = x;
    if (x > max) max = x;
  }
  return [min, max];
}

/** How many are below 0, and how many are 0. Without branches: nobody can guess the sign of the next number. */
function signsOf(data: ArrayLike<number>): readonly [number, number] {
  let [negative, zero] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    negative += Number(x < 0);
    zero += Number(x === 0);
  }
  return [negative, zero];
}

function spreadOf(data: ArrayLike<number>, mean: number): number {
  let spread = 0;
  for (let i = 0; i < data.length; i++) {
    const apart = data[i]! - mean;
    spread += apart * apart;
  }
  return spread;
}

/** The same where numbers are not finite, or so large or small that their squares are not. */
function carefulStatisticsOf(data: ArrayLike<number>): Statistics {
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
export const contentOf = (data: TypedArray, kept = maxElements, momentsOf: MomentsOf = plainMoments): Content => ({
  statistics: statisticsOf(data, momentsOf),
  data: data.length <= kept ? data : null,
});
