import { apply } from '../../autograd/apply.ts';
import { type TensorLike, asTensor, ones } from '../../autograd/create.ts';
import { optionsOf } from '../../autograd/options.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { ArgumentError, ShapeError, describeValue } from '../../tensor/errors.ts';
import { sameShape, showShape } from '../../tensor/shape.ts';
import { composite } from './composite.ts';

export interface BincountOptions {
  /** What each element counts, of the shape of x; the gradient goes to them. Default: each counts 1, and the result is int32. */
  readonly weights?: TensorLike | null;
  /** How many counts there are at least. Default 0. */
  readonly minlength?: number;
}

/**
 * How often each of 0, 1, … occurs among the elements of a vector.
 * @throws ShapeError for more dimensions, or weights of another shape; ArgumentError for elements that are no whole numbers from 0.
 */
export const bincount = (x: TensorLike, options?: BincountOptions): Tensor =>
  composite('bincount', () => {
    const { weights, minlength } = optionsOf<Required<BincountOptions>>('bincount', options, {
      weights: null,
      minlength: 0,
    });
    const places = asTensor(x, undefined, 'bincount');
    if (places.shape.length !== 1)
      throw new ShapeError(`bincount: needs a vector, not ${showShape(places.shape)}; flatten() makes one.`);
    if (!Number.isSafeInteger(minlength) || minlength < 0)
      throw new ArgumentError(`bincount: minlength must be a whole number from 0, not ${describeValue(minlength)}.`);
    const shares = weights === null ? ones(places.shape, { dtype: 'int32' }) : asTensor(weights, undefined, 'bincount');
    if (!sameShape(shares.shape, places.shape))
      throw new ShapeError(`bincount: weights ${showShape(shares.shape)} for elements ${showShape(places.shape)}.`);
    let size = minlength;
    for (const element of places.data) {
      if (!Number.isInteger(element) || element < 0)
        throw new ArgumentError(`bincount: ${element} is no whole number from 0.`);
      size = Math.max(size, element + 1);
    }
    return apply('indexSum', [shares, places], { dim: 0, size });
  });
