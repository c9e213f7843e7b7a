import { apply } from '../../autograd/apply.ts';
import { type TensorLike, asTensor } from '../../autograd/create.ts';
import { type SortOptions, argsort } from '../../autograd/functions/sorting.ts';
import { optionsOf } from '../../autograd/options.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { ShapeError, describeValue } from '../../tensor/errors.ts';
import { showShape } from '../../tensor/shape.ts';
import { laneDimension, laneShape } from '../lane.ts';
import { composite } from './composite.ts';

/** Elements in their order, and the places (int32) they come from. The gradient goes back to these places. */
export interface Sorted {
  readonly values: Tensor;
  readonly indices: Tensor;
}

const taken = (x: Tensor, dim: number, indices: Tensor): Sorted => ({
  values: apply('gather', [x, indices], { dim }),
  indices,
});

/** Sorts along a dimension. Equal elements keep their order; NaN counts as largest. */
export const sort = (x: TensorLike, dim = -1, options?: SortOptions): Sorted =>
  composite('sort', () => {
    const given = asTensor(x, undefined, 'sort');
    return taken(given, dim, argsort(given, dim, options));
  });

export interface TopkOptions {
  readonly dim?: number;
  /** The largest k, or the smallest. Default true. */
  readonly largest?: boolean;
}

/** The k largest (or smallest) elements along a dimension, the most extreme first. @throws ShapeError when there are fewer. */
export const topk = (x: TensorLike, k: number, options?: TopkOptions): Sorted =>
  composite('topk', () => {
    const { dim, largest } = optionsOf('topk', options, { dim: -1, largest: true });
    const given = asTensor(x, undefined, 'topk');
    const d = laneDimension('topk', dim, given.shape.length);
    const length = laneShape(given.shape)[d]!;
    if (!Number.isInteger(k) || k < 0 || k > length)
      throw new ShapeError(
        `topk: ${describeValue(k)} elements of dimension ${d} of ${showShape(given.shape)}, which has ${length}.`,
      );
    const order = argsort(given, d, { descending: largest });
    return taken(
      given,
      d,
      given.shape.length === 0 ? order : apply('slice', [order], { dim: d, start: 0, end: k, step: 1 }),
    );
  });
