import { numberLatex } from '../gradient-function/notation.ts';
import { formatExact } from '../numbers.ts';

/** As short as it is exact in float32; the reciprocal of a whole number is written as one. */
export function shortNumber(x: number): string {
  const rounded = Number(x.toPrecision(7));
  const whole = Math.round(1 / x);
  const isReciprocal = Math.abs(whole) > 1 && Math.abs(1 / x - whole) < 1e-9 * Math.abs(whole);
  if (isReciprocal && String(rounded).length > 6) return `${x < 0 ? '−' : ''}1/${Math.abs(whole)}`;
  return formatExact(rounded);
}

/** The same in LaTeX. */
export const shortLatex = (x: number): string => {
  const [above, below] = shortNumber(x).split('/');
  if (below === undefined) return numberLatex(Number(x.toPrecision(7)));
  return `${above!.startsWith('−') ? '-' : ''}\\frac{1}{${below}}`;
};
