import { apply } from '../apply.ts';
import type { TensorLike } from '../create.ts';
import { oneOf, optionsOf } from '../options.ts';
import type { Tensor } from '../tensor.ts';
import { operand, unary } from './arguments.ts';
import { pureFunction } from '../shortcuts.ts';

/** Hyperbolic tangent. */
export const tanh = unary('tanh');
/** Logistic function σ(x) = 1 / (1 + e^(−x)). */
export const sigmoid = unary('sigmoid');
/** ln σ(x), which stays finite. */
export const logSigmoid = unary('logSigmoid');
/** x where positive, else 0; the derivative at 0 is taken as 0. */
export const relu = unary('relu');
/** x moved into [0, 6]; the derivative at both ends is taken as 0. */
export const relu6 = unary('relu6');
/** elu with the two constants that keep mean 0 and variance 1 (Klambauer et al. 2017). */
export const selu = unary('selu');
/** x · σ(x), also called swish. */
export const silu = unary('silu');
/** x · tanh(ln(1 + e^x)) (Misra 2019). */
export const mish = unary('mish');
/** x / (1 + |x|). */
export const softsign = unary('softsign');
/** x / 6 + 1/2, cut off at 0 and 1. */
export const hardsigmoid = unary('hardsigmoid');
/** x · hardsigmoid(x) (Howard et al. 2019). */
export const hardswish = unary('hardswish');

/** x where positive, else negativeSlope · x. */
export const leakyRelu = pureFunction((x: TensorLike, negativeSlope = 0.01): Tensor =>
  apply('leakyRelu', [operand('leakyRelu', x)], { negativeSlope }),
);

/** x where positive, else alpha · (e^x − 1) (Clevert et al. 2016). */
export const elu = pureFunction((x: TensorLike, alpha = 1): Tensor => apply('elu', [operand('elu', x)], { alpha }));

/** x where positive, else alpha · (e^(x/alpha) − 1) (Barron 2017). */
export const celu = (x: TensorLike, alpha = 1): Tensor => apply('celu', [operand('celu', x)], { alpha });

/** ln(1 + e^(βx)) / β, and x itself where βx is above the threshold. */
export const softplus = (x: TensorLike, options?: { readonly beta?: number; readonly threshold?: number }): Tensor =>
  apply('softplus', [operand('softplus', x)], { ...optionsOf('softplus', options, { beta: 1, threshold: 20 }) });

/** x moved into [min, max]. As clamp, but the derivative at both ends is taken as 0. */
export const hardtanh = (x: TensorLike, min = -1, max = 1): Tensor =>
  apply('hardtanh', [operand('hardtanh', x)], { min, max });

/** x · Φ(x), Φ the normal distribution function; `approximate: 'tanh'` takes the faster formula (Hendrycks & Gimpel 2016). */
export const gelu = pureFunction((x: TensorLike, options?: { readonly approximate?: 'none' | 'tanh' }): Tensor => {
  const { approximate } = optionsOf<GeluOptions>('gelu', options, { approximate: 'none' });
  oneOf('gelu', 'approximate', approximate, approximations);
  return apply('gelu', [operand('gelu', x)], { approximate });
});

interface GeluOptions {
  readonly approximate: 'none' | 'tanh';
}
const approximations = ['none', 'tanh'] as const;
