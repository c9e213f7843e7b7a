import { drawn } from '../autograd/create.ts';
import type { Tensor } from '../autograd/tensor.ts';
import type { Shape } from '../tensor/shape.ts';

/** What a parameter is filled with: a tensor of its shape and dtype, so that large ones never pass through the program. */
export type Content = (shape: Shape, dtype: 'float32' | 'float64') => Tensor;

/** Uniform numbers in [low, high). */
export const uniformNumbers =
  (low: number, high: number, seed: number): Content =>
  (shape, dtype) =>
    drawn('rand', shape, { low, high }, { seed, dtype });

export const normalNumbers =
  (mean: number, std: number, seed: number): Content =>
  (shape, dtype) =>
    drawn('randn', shape, { mean, std }, { seed, dtype });
