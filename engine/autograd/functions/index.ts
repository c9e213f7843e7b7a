/** Every function of tensors that the library offers, by family. The methods of `Tensor` are made of these. */
export * from './activation.ts';
export * from './aliases.ts';
export * from './arithmetic.ts';
export * from './comparison.ts';
export * from './convolution.ts';
export * from './exponential.ts';
export * from './indexing.ts';
export * from './linear-algebra.ts';
export * from './pieces.ts';
export * from './pooling.ts';
export * from './rearrange.ts';
export * from './reduction.ts';
export * from './shape.ts';
export * from './sorting.ts';
export * from './trigonometric.ts';
export type { IndexEntry } from './advanced-index.ts';
export type { Dims } from './arguments.ts';
export type { Size2d } from './pairs.ts';
