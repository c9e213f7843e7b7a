import { composite } from '../../ops/composite/composite.ts';
import { ArgumentError, ShapeError } from '../../tensor/errors.ts';
import { type Shape, dimensionOf, showShape } from '../../tensor/shape.ts';
import { apply } from '../apply.ts';
import type { TensorLike } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import { operand } from './arguments.ts';
import { indexSelect } from './indexing.ts';
import { type Numbers, listed } from './numbers.ts';
import { expand, flatten, reshape } from './shape.ts';

/** The elements in reverse order along one dimension or several. */
export const flip = (x: TensorLike, dims: number | readonly number[]): Tensor =>
  apply('flip', [operand('flip', x)], { dims: [dims].flat() });

/**
 * Elements moved on by `shifts` along `dims`; those that leave at the end come in at the start. Without `dims`, along all
 * elements as one row.
 */
export function roll(
  x: TensorLike,
  shifts: number | readonly number[],
  dims: number | readonly number[] | null = null,
): Tensor {
  const tensor = operand('roll', x);
  if (dims !== null) return apply('roll', [tensor], { shifts: [shifts].flat(), dims: [dims].flat() });
  return composite('roll', () =>
    reshape(apply('roll', [flatten(tensor)], { shifts: [shifts].flat(), dims: [0] }), tensor.shape),
  );
}

/**
 * x beside itself, so many times along each dimension; there may be more of them than x has, in front (NumPy's `tile`).
 * @throws ShapeError when there are fewer.
 */
export function repeat(x: TensorLike, ...times: Numbers): Tensor {
  const repeats = listed(times);
  const tensor = operand('repeat', x);
  const added = repeats.length - tensor.shape.length;
  if (added < 0 || !repeats.every(isCount)) {
    throw new ShapeError(
      `repeat: ${showShape(repeats)} must be whole numbers, one at least for each of the ${tensor.shape.length} dimensions of ${showShape(tensor.shape)}.`,
    );
  }
  const shape: Shape = [...Array.from({ length: added }, () => 1), ...tensor.shape];
  return composite('repeat', () => {
    const spaced = reshape(
      tensor,
      shape.flatMap((size) => [1, size]),
    );
    const repeated = expand(
      spaced,
      shape.flatMap((size, i) => [repeats[i]!, size]),
    );
    return reshape(
      repeated,
      shape.map((size, i) => size * repeats[i]!),
    );
  });
}

/**
 * Every element repeated where it is, along a dimension (all as one row without): each as often, or as often as a list says.
 * @throws ShapeError when the list does not say it for each.
 */
export function repeatInterleave(
  x: TensorLike,
  repeats: number | readonly number[],
  dim: number | null = null,
): Tensor {
  const tensor = operand('repeatInterleave', x);
  return composite('repeatInterleave', () => {
    const row = dim === null ? flatten(tensor) : tensor;
    const d = dimensionOf('repeatInterleave', dim ?? 0, row.shape.length);
    const [before, size, after] = [row.shape.slice(0, d), row.shape[d]!, row.shape.slice(d + 1)];
    if (![repeats].flat().every(isCount) || (typeof repeats !== 'number' && repeats.length !== size)) {
      const given = typeof repeats === 'number' ? `${repeats}` : showShape(repeats);
      throw new ShapeError(
        `repeatInterleave: ${given} must be a whole number, or one for each of the ${size} elements of dimension ${d}.`,
      );
    }
    if (typeof repeats !== 'number') {
      const places = repeats.flatMap((count, i) => Array.from({ length: count }, () => i));
      return indexSelect(row, d, places);
    }
    const repeated = expand(reshape(row, [...before, size, 1, ...after]), [...before, size, repeats, ...after]);
    return reshape(repeated, [...before, size * repeats, ...after]);
  });
}

/**
 * x with a margin of `value`. `pads`: so many elements before and after the last dimension, then before and after the one
 * before it, and so on, as in PyTorch. Negative margins are cut off.
 */
export function pad(x: TensorLike, pads: readonly number[], value = 0): Tensor {
  if (Array.isArray(pads) && pads.some((one) => Array.isArray(one)))
    throw new ArgumentError(
      'pad: margins stand in one list, those of the last dimension first: pad(x, [left, right, top, bottom]).',
    );
  return apply('pad', [operand('pad', x)], { pads, value });
}

const isCount = (count: number): boolean => Number.isSafeInteger(count) && count >= 0;
