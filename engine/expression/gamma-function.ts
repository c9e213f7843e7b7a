/**
 * The logarithm of the gamma function and its derivatives. Arguments are moved up by Γ(x + 1) = x·Γ(x) to where Stirling's series
 * and its derivatives (Abramowitz & Stegun 6.1.41, 6.3.18, 6.4.11) are exact to the last digits.
 */

/** Bernoulli's numbers B₂, B₄, … */
const bernoulli: readonly number[] = [
  1 / 6,
  -1 / 30,
  1 / 42,
  -1 / 30,
  5 / 66,
  -691 / 2730,
  7 / 6,
  -3617 / 510,
  43867 / 798,
  -174611 / 330,
];
const far = 15;

/** ln |Γ(x)|; ∞ at 0, −1, −2, … */
export function lgamma(x: number): number {
  if (Math.abs(x) === Infinity || (x <= 0 && Number.isInteger(x))) return Infinity;
  // Γ(x)·Γ(1 − x) = π / sin πx
  if (x < 0) return Math.log(Math.PI / Math.abs(sinOfPi(x))) - lgamma(1 - x);
  let product = 1;
  let moved = x;
  for (; moved < far; moved++) product *= moved;
  let series = 0;
  for (let k = bernoulli.length; k >= 1; k--) series = series / moved ** 2 + bernoulli[k - 1]! / (2 * k * (2 * k - 1));
  return (moved - 0.5) * Math.log(moved) - moved + Math.log(2 * Math.PI) / 2 + series / moved - Math.log(product);
}

/** ψ = (ln Γ)′. NaN at −1, −2, …; at 0 infinite, as PyTorch has it. */
export function digamma(x: number): number {
  if (x === 0) return -1 / x;
  if (x === Infinity) return Infinity;
  if (x < 0) return Number.isInteger(x) ? NaN : digamma(1 - x) - Math.PI * (cosOfPi(x) / sinOfPi(x));
  let steps = 0;
  let moved = x;
  for (; moved < far; moved++) steps += 1 / moved;
  let series = 0;
  for (let k = bernoulli.length; k >= 1; k--) series = (series + bernoulli[k - 1]! / (2 * k)) / moved ** 2;
  return Math.log(moved) - 0.5 / moved - series - steps;
}

/** Factorials beyond this one are not finite. */
const greatestOrder = 170;
/** Below, each unit would be a step. */
const lowest = -1e5;

/** ψ⁽ⁿ⁾, the derivative of order n of ψ; infinite at 0, −1, −2, … for n > 0. NaN unless n is a whole number from 0 to 170; NaN for n > 1 and x below −10⁵. */
export function polygamma(n: number, x: number): number {
  if (!Number.isInteger(n) || n < 0 || n > greatestOrder || Number.isNaN(x)) return NaN;
  if (n === 0) return digamma(x);
  const sign = n % 2 === 0 ? -1 : 1;
  if (x <= 0 && (Number.isInteger(x) || x === -Infinity)) return sign * Infinity;
  // ψ′(x) + ψ′(1 − x) = (π / sin πx)²
  if (n === 1 && x < 0) return (Math.PI / sinOfPi(x)) ** 2 - polygamma(1, 1 - x);
  if (x < lowest) return NaN;
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial *= k;
  let steps = 0;
  let moved = x;
  for (; moved < far + n; moved++) steps += factorial / moved ** (n + 1);
  // (n − 1)! / xⁿ + n! / 2xⁿ⁺¹ + Σ B₂ₖ·(2k + n − 1)! / ((2k)!·x²ᵏ⁺ⁿ)
  let total = factorial / n / moved ** n + factorial / 2 / moved ** (n + 1);
  let term = (factorial * (n + 1)) / 2 / moved ** (n + 2);
  bernoulli.forEach((number, i) => {
    const k = i + 1;
    if (k > 1) term *= ((2 * k + n - 2) * (2 * k + n - 1)) / ((2 * k - 1) * 2 * k) / moved ** 2;
    total += number * term;
  });
  return sign * (total + steps);
}

/** Of large arguments the multiple of π is left out first: it would be rounded. */
const sinOfPi = (x: number): number => Math.sin(Math.PI * (x % 2));
const cosOfPi = (x: number): number => Math.cos(Math.PI * (x % 2));
