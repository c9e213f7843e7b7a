import { binary, unary } from './arguments.ts';

/** Sine; angles here and below are in radians. */
export const sin = unary('sin');
/** Cosine. */
export const cos = unary('cos');
/** Tangent. */
export const tan = unary('tan');
/** Inverse sine, from −π/2 to π/2; NaN outside [−1, 1]. */
export const asin = unary('asin');
/** Inverse cosine, from 0 to π; NaN outside [−1, 1]. */
export const acos = unary('acos');
/** Inverse tangent, from −π/2 to π/2. */
export const atan = unary('atan');
/** Hyperbolic sine. */
export const sinh = unary('sinh');
/** Hyperbolic cosine. */
export const cosh = unary('cosh');
/** Inverse hyperbolic sine. */
export const asinh = unary('asinh');
/** Inverse hyperbolic cosine; NaN below 1. */
export const acosh = unary('acosh');
/** Inverse hyperbolic tangent; NaN outside [−1, 1]. */
export const atanh = unary('atanh');

/** Angle of the point (b, a) from the positive axis, from −π to π: a is the ordinate. */
export const atan2 = binary('atan2');
