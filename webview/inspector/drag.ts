/** How far numbers go when they are dragged or stepped: by amounts of their own size, to decimals that are short. */

/** A step of a number of this size: a hundredth of its power of ten, and never finer than for 0.1. */
const powerOf = (x: number): number => Math.max(-1, Math.floor(Math.log10(Math.abs(x) || 0.1)));

/** A number moved by whole units of 10^power, without the tail that adding binary fractions leaves. */
function moved(from: number, units: number, power: number): number {
  const unit = 10 ** power;
  const at = (Math.round(from / unit) + units) * unit;
  return Number(at.toFixed(Math.max(0, -power)));
}

/** By the arrow keys: 0.8 goes to 0.81, 15 to 16. */
export const stepped = (from: number, units: number): number => moved(from, units, powerOf(from) - 1);

/** By so many pixels: a hundred of them are a hundredth as many units as the number's power of ten; with Shift ten times that. */
export const dragged = (from: number, pixels: number, coarse: boolean): number =>
  moved(from, Math.round(pixels), powerOf(from) - (coarse ? 1 : 2));

/** As people type it: the shortest decimal that is the same number, or the same float32. */
export function written(x: number): string {
  if (Math.fround(x) !== x || !Number.isFinite(x)) return String(x);
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(x.toPrecision(digits));
    if (Math.fround(shorter) === x) return String(shorter);
  }
  return String(x);
}
