import type { AppliedOp } from './applied.ts';

/** Ops whose results are elements of their input, or sums of them. */
export const linear: ReadonlySet<string> = new Set([
  'reshape',
  'expand',
  'permute',
  'transpose',
  'slice',
  'embed',
  'pad',
  'flip',
  'roll',
  'cat',
  'diagonal',
  'embedDiagonal',
  'tril',
  'triu',
  'trace',
  'gather',
  'indexSelect',
  'indexSum',
  'scatterSum',
  'sum',
  'mean',
  'cumsum',
]);
/** Ops of which each element of the first operand meets one of the second, or none. */
export const bilinear: ReadonlySet<string> = new Set(['conv2d', 'conv2dInput', 'conv2dWeight', 'dot']);

/** A margin that is not 0 is no element of anything. */
export const hasFilling = ({ op, attributes }: AppliedOp): boolean => op === 'pad' && attributes.value !== 0;

/** Places that do not hold 0. */
export const nonzero = (data: ArrayLike<number>): number[] => {
  const found: number[] = [];
  for (let i = 0; i < data.length; i++) if (data[i] !== 0) found.push(i);
  return found;
};

/** The place in a tensor that broadcasting pairs with a place of a larger one. */
export function placeIn(from: readonly number[], shape: readonly number[], place: number): number {
  let [rest, stride, found] = [place, 1, 0];
  for (let d = shape.length - 1; d >= 0; d--) {
    const index = rest % shape[d]!;
    rest = Math.floor(rest / shape[d]!);
    const own = from[from.length - shape.length + d] ?? 1;
    if (own !== 1) found += index * stride;
    stride *= own;
  }
  return found;
}
