import { apply } from '../apply.ts';
import { type TensorLike, asTensor } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import { unary } from './arguments.ts';

export const tanh = unary('tanh');
export const sigmoid = unary('sigmoid');
export const relu = unary('relu');

/** x where positive, else negativeSlope · x. */
export const leakyRelu = (x: TensorLike, negativeSlope = 0.01): Tensor =>
  apply('leakyRelu', [asTensor(x)], { negativeSlope });

/** ln(1 + e^(βx)) / β, and x itself where βx is above the threshold. */
export const softplus = (
  x: TensorLike,
  { beta = 1, threshold = 20 }: { beta?: number; threshold?: number } = {},
): Tensor => apply('softplus', [asTensor(x)], { beta, threshold });
