import { type Markup, element } from '../markup.ts';

const width = 240;
const height = 12;

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Smallest and largest of some numbers, with a little room; null without any. */
export function rangeOf(numbers: readonly number[]): Range | null {
  const finite = numbers.filter(Number.isFinite);
  if (finite.length === 0) return null;
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  return high - low < 1e-9 ? { low: low - 1, high: high + 1 } : { low, high };
}

/** A bar from one number to another, on a line that stands for the whole range. At least so wide that it is seen. */
export function bar(from: number, to: number, { low, high }: Range, label: string): Markup {
  const at = (x: number): number => ((Math.min(high, Math.max(low, x)) - low) / (high - low)) * width;
  const [left, right] = [at(Math.min(from, to)), at(Math.max(from, to))];
  const long = Math.max(2, right - left);
  return element(
    'svg',
    { class: 'bar', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img' },
    element('title', {}, label),
    element('rect', { class: 'axis', y: 5.5, width, height: 1 }),
    element('rect', {
      class: to < from ? 'loses' : 'gains',
      x: tenths(Math.min(left, width - long)),
      y: 2,
      width: tenths(long),
      height: 8,
      rx: 2,
    }),
  );
}

const tenths = (x: number): number => Math.round(x * 10) / 10;
