import { ArgumentError, describeValue } from '../tensor/errors.ts';
import { type Shape, dimensionOf } from '../tensor/shape.ts';
import { byItself } from './check-attributes.ts';

/**
 * The dimension that an op runs along, from the front. A scalar counts as one element along one dimension, as in PyTorch.
 * @throws ShapeError when there is no such dimension; ArgumentError for what is no number.
 */
export function laneDimension(op: string, dim: number, rank: number): number {
  if (typeof dim !== 'number')
    throw new ArgumentError(`${op}: dim must be a number, not ${describeValue(dim)}.${byItself(dim)}`);
  return rank === 0 && (dim === 0 || dim === -1) ? 0 : dimensionOf(op, dim, rank);
}

/** The shape in which there is such a dimension. */
export const laneShape = (shape: Shape): Shape => (shape.length === 0 ? [1] : shape);
