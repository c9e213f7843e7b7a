import type { Ridge, Ridgeline } from '../protocol/training.ts';

const bins = 32;

/** How elements are spread between the smallest and the largest. What is not finite is left out; on a logarithmic scale zeros are counted apart. */
export function histogram(data: ArrayLike<number>, scale: Ridgeline['scale']): Ridge {
  let [low, high, zeros] = [Infinity, -Infinity, 0];
  const placed = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = scale === 'linear' ? data[i]! : Math.log10(Math.abs(data[i]!));
    placed[i] = value;
    if (scale === 'log10' && value === -Infinity) zeros++;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const counts = new Array<number>(bins).fill(0);
  if (low > high) return { low: 0, high: 0, counts, zeros };
  // All equal, they are in the middle of a range that is as wide as the number is large.
  if (low === high) [low, high] = widened(low);
  // Halves, because the range itself may be more than there are numbers.
  const range = high / 2 - low / 2;
  for (const value of placed)
    if (Number.isFinite(value)) counts[Math.min(bins - 1, Math.floor(((value / 2 - low / 2) / range) * bins))]!++;
  return { low, high, counts, zeros };
}

function widened(value: number): [number, number] {
  const half = Math.max(Math.abs(value), 1) / 2;
  return [Math.max(value - half, -Number.MAX_VALUE), Math.min(value + half, Number.MAX_VALUE)];
}
