/**
 * Numbers as people compare them: four significant digits or more, at least four places behind the point so that columns of
 * them line up, a true minus sign, and never 0 for what is not 0.
 */
export function formatNumber(x: number): string {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? '∞' : '−∞';
  if (x === 0) return '0.0000';
  const magnitude = Math.abs(x);
  // As it will read: the float32 next to 0.01 is a little less than that, and has no more places for it.
  const rounded = Number(magnitude.toPrecision(4));
  // 0.0284 has three digits, and says less than 0.02843.
  const places = rounded >= 0.1 ? 4 : rounded >= 0.01 ? 5 : 6;
  const text = rounded >= 1e-3 && rounded < 1e4 ? magnitude.toFixed(places) : scientific(magnitude, 4);
  return x < 0 ? `−${text}` : text;
}

/** Three significant digits, for numbers inside a formula: `0.369`, `1.5`, `−1.1`. */
export function formatShort(x: number): string {
  if (!Number.isFinite(x)) return formatNumber(x);
  const magnitude = Math.abs(x);
  const rounded = Number(magnitude.toPrecision(3));
  const text = magnitude === 0 ? '0' : rounded >= 1e-3 && rounded < 1e5 ? String(rounded) : scientific(magnitude, 3);
  return x < 0 ? `−${text}` : text;
}

/** Numbers that the author wrote (a learning rate, a factor) are shown as written, also when they have been stored as float32 since. */
export const formatExact = (x: number): string =>
  String(asWritten(x)).replace(/^-/, '−').replace('e-', 'e−').replace('Infinity', '∞');

/** The shortest decimal that is stored as the same float32: 0.05 for 0.05000000074505806. */
function asWritten(x: number): number {
  if (!Number.isFinite(x) || Math.fround(x) !== x) return x;
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(x.toPrecision(digits));
    if (Math.fround(shorter) === x) return shorter;
  }
  return x;
}

function scientific(magnitude: number, digits: number): string {
  const [mantissa, exponent] = magnitude.toExponential(digits - 1).split('e');
  return `${mantissa}e${exponent!.replace('+', '').replace('-', '−')}`;
}
