import { ShapeError } from '../../tensor/errors.ts';
import { type Shape, showShape } from '../../tensor/shape.ts';

/** @throws ShapeError unless the last two dimensions are a square. */
export function squareOnly(op: string, shape: Shape): void {
  if (shape.length < 2 || shape.at(-1) !== shape.at(-2))
    throw new ShapeError(`${op}: needs square matrices, [..., n, n], not ${showShape(shape)}.`);
}

/** @throws ShapeError for less than two dimensions. */
export function matricesOnly(op: string, shape: Shape): void {
  if (shape.length < 2) throw new ShapeError(`${op}: needs matrices, [..., n, m], not ${showShape(shape)}.`);
}
