import { ShapeError, describeValue } from './errors.ts';

/** Sizes of the dimensions, outermost first. `[]` is a scalar. Contents are row-major. */
export type Shape = readonly number[];

export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let i = 0; i < shape.length; i++) size *= shape[i]!;
  return size;
}

/** @throws ShapeError unless a value is a list of whole numbers, none below `least`. */
export function checkShape(op: string, value: unknown, least = 0): asserts value is Shape {
  const good = (size: unknown): boolean => Number.isSafeInteger(size) && (size as number) >= least;
  if (Array.isArray(value) && value.every(good)) return;
  const mended = good(value) ? ` Write [${String(value)}].` : '';
  throw new ShapeError(`${op}: a shape is a list of whole numbers, not ${describeValue(value)}.${mended}`);
}

export const showShape = (shape: Shape): string => `[${shape.join(', ')}]`;

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Row-major strides: how far apart neighbours along each dimension lie. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= shape[i]!;
  }
  return strides;
}

/**
 * NumPy's rule: shapes are aligned at their last dimension; sizes agree or one of them is 1.
 * @throws ShapeError naming the op and both shapes.
 */
export function broadcastShapes(op: string, a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let i = 1; i <= rank; i++) {
    const p = a[a.length - i] ?? 1;
    const q = b[b.length - i] ?? 1;
    if (p !== q && p !== 1 && q !== 1) {
      throw new ShapeError(
        `${op}: shapes ${showShape(a)} and ${showShape(b)} do not broadcast: ` +
          `dimension −${i} is ${p} in one and ${q} in the other. Sizes must agree or be 1.`,
      );
    }
    shape[rank - i] = p === 1 ? q : p;
  }
  return shape;
}

/** A dimension counted from the front, from one that may count from the end (−1 is the last). */
export function dimensionOf(op: string, dim: number, rank: number): number {
  const found = dim < 0 ? dim + rank : dim;
  if (!Number.isInteger(dim) || found < 0 || found >= rank) {
    if (dim === undefined) throw new ShapeError(`${op}: no dimension was given. Is an argument missing?`);
    throw new ShapeError(
      `${op}: dimension ${typeof dim === 'number' ? dim : describeValue(dim)} does not exist in a tensor of ${rank} dimension${rank === 1 ? '' : 's'}.`,
    );
  }
  return found;
}

export const emptyError = (op: string, shape: Shape): ShapeError =>
  new ShapeError(`${op}: a tensor of shape ${showShape(shape)} has no elements, so it has no ${op}.`);
