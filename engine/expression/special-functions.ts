/** Functions of numbers that JavaScript lacks or has in another form. Ops and printed formulas compute with the same ones. */

/** e^x / (1 + e^x), in the form whose exponential cannot overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const grown = Math.exp(x);
  return grown / (1 + grown);
}

/** ln(1 + e^x): max(x, 0) + ln(1 + e^−|x|), whose exponential cannot overflow. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** ln(e^a + e^b) in the same manner; equal infinities would give ∞ − ∞. */
export const logaddexp = (a: number, b: number): number =>
  a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));

/** a · ln b, and 0 where a is 0 unless b is NaN. */
export const xlogy = (a: number, b: number): number => (a === 0 && b === b ? 0 : a * Math.log(b));

/** a^b as in C and PyTorch: 1 to any power is 1, and so is −1 to ±∞, where JavaScript has NaN. */
export function power(a: number, b: number): number {
  if (b === 2) return a * a;
  if (a === 1 || (a === -1 && Math.abs(b) === Infinity)) return 1;
  return a ** b;
}

/** The nearest integer; from the middle between two, the even one. */
export const round = (x: number): number => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x));
