import { permutation } from '../../ops/shape/permute.ts';
import { sliceRange } from '../../ops/shape/slice.ts';
import type { Attribute } from '../../tensor/runtime.ts';
import type { Pullback } from '../algebra.ts';

const reshapeLike: Pullback = ([g, x], { algebra }) => algebra.apply('reshape', [g!], { shape: x!.shape });

const mT: Pullback = ([x], { algebra }) => algebra.apply('transpose', [x!], { dim0: -2, dim1: -1 });

const transposeBack: Pullback = ([g], { algebra, attributes }) => algebra.apply('transpose', [g!], attributes);

const permuteBack: Pullback = ([g], { algebra, attributes }) => {
  const order = permutation(g!.shape, attributes);
  return algebra.apply('permute', [g!], { dims: order.map((_, i) => order.indexOf(i)) });
};

const flip: Pullback = ([g], { algebra, attributes }) => algebra.apply('flip', [g!], attributes);

const opposite = (numbers: Attribute | undefined): number[] => (numbers as readonly number[]).map((n) => 0 - n);

const rollBack: Pullback = ([g], { algebra, attributes: { shifts, dims } }) =>
  algebra.apply('roll', [g!], { shifts: opposite(shifts), dims: dims! });

/** What was put on is cut off, what was cut off is zero. */
const padBack: Pullback = ([g], { algebra, attributes: { pads } }) =>
  algebra.apply('pad', [g!], { pads: opposite(pads), value: 0 });

const embedLike: Pullback = ([g, x], { algebra, attributes }) => {
  const { dim, start, step } = sliceRange(x!.shape, attributes);
  return algebra.apply('embed', [g!], { shape: x!.shape, dim, start, step });
};

const sliceBack: Pullback = ([g, x], { algebra, attributes: { dim, start, step } }) => {
  const length = Math.max(0, (x!.shape[Number(dim)]! - 1) * Number(step) + 1);
  return algebra.apply('slice', [g!], { dim: dim!, start: start!, end: Number(start) + length, step: step! });
};

/** The stretch of a joined gradient that belongs to one of the parts. */
const partOf: Pullback = ([g], { algebra, attributes, inputs, inputIndex }) => {
  const rank = g!.shape.length;
  const dim = Number(attributes.dim) < 0 ? Number(attributes.dim) + rank : Number(attributes.dim);
  const start = inputs.slice(0, inputIndex).reduce((total, input) => total + input.shape[dim]!, 0);
  return algebra.apply('slice', [g!], { dim, start, end: start + inputs[inputIndex]!.shape[dim]!, step: 1 });
};

export const shapePullbacks = {
  reshapeLike,
  mT,
  transposeBack,
  permuteBack,
  flip,
  rollBack,
  padBack,
  embedLike,
  sliceBack,
  partOf,
};
