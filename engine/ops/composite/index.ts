/** Every function that is made of ops and shown as one. */
export * from './classification-losses.ts';
export * from './counting.ts';
export * from './directions.ts';
export * from './distances.ts';
export * from './dropout.ts';
export * from './einsum.ts';
export * from './linear-algebra.ts';
export type { LossOptions } from './loss-options.ts';
export * from './normalisation.ts';
export * from './probability-losses.ts';
export * from './regression-losses.ts';
export * from './sampling.ts';
export * from './scans.ts';
export * from './softmax.ts';
export * from './sorting.ts';
// TensorFlow.js' name. The others are in autograd/functions/aliases.ts.
export { outer as outerProduct } from './linear-algebra.ts';
