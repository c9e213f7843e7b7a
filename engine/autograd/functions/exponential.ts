import { binary, unary } from './arguments.ts';

/** e^x. */
export const exp = unary('exp');
/** 2^x. */
export const exp2 = unary('exp2');
/** e^x − 1, without losing digits near 0. */
export const expm1 = unary('expm1');
/** Natural logarithm. */
export const log = unary('log');
/** Logarithm to base 2. */
export const log2 = unary('log2');
/** Logarithm to base 10. */
export const log10 = unary('log10');
/** ln(1 + x), without losing digits near 0. */
export const log1p = unary('log1p');
/** Error function 2/√π · ∫₀ˣ e^(−t²) dt. */
export const erf = unary('erf');
/** 1 − erf(x), without losing digits where that is small. */
export const erfc = unary('erfc');
/** ln |Γ(x)|, the logarithm of the gamma function. */
export const lgamma = unary('lgamma');
/** The derivative of `lgamma`. */
export const digamma = unary('digamma');
/** The derivative of order n of `digamma`, for whole numbers n. No gradient passes to n. */
export const polygamma = binary('polygamma');

/** ln(e^a + e^b), whose exponentials cannot overflow. */
export const logaddexp = binary('logaddexp');
/** a · ln b, and 0 where a is 0 even if the logarithm is infinite. */
export const xlogy = binary('xlogy');
