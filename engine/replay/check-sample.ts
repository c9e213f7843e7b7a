import { uniform } from '../tensor/random.ts';

/** So many of `size` places, in ascending order, drawn without repetition; all where there are no more. Equal seeds, equal places. */
export function sampleOf(size: number, count: number, seed: number): number[] {
  if (size <= count) return Array.from({ length: size }, (_, i) => i);
  const next = uniform(seed);
  // Floyd's algorithm: as many draws as places, however large the tensor.
  const chosen = new Set<number>();
  for (let top = size - count; top < size; top++) {
    const drawn = Math.floor(next() * (top + 1));
    chosen.add(chosen.has(drawn) ? top : drawn);
  }
  return [...chosen].sort((a, b) => a - b);
}

/** −1 or 1 for each element: along it, no element weighs less than another. */
export function signs(size: number, seed: number): Float64Array {
  const next = uniform(seed);
  return Float64Array.from({ length: size }, () => (next() < 0.5 ? -1 : 1));
}
