import { randn } from '../autograd/create.ts';
import { uniform } from '../tensor/random.ts';
import { type Shape, sizeOf } from '../tensor/shape.ts';

/** Uniform numbers in [low, high). */
export function uniformNumbers(shape: Shape, low: number, high: number, seed: number): Float64Array {
  const next = uniform(seed);
  const numbers = new Float64Array(sizeOf(shape));
  for (let i = 0; i < numbers.length; i++) numbers[i] = low + (high - low) * next();
  return numbers;
}

/** Normal numbers. The runtime draws them: logarithms and cosines are not the same on every machine. */
export function normalNumbers(shape: Shape, mean: number, std: number, seed: number): Float64Array {
  return Float64Array.from(randn(shape, { seed, dtype: 'float64' }).data, (x) => mean + std * x);
}
