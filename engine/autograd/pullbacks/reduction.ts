import { reducedDims } from '../../ops/reduction/define-reduction.ts';
import { keptShape } from '../../tensor/kernels/reduce.ts';
import { sameShape, sizeOf } from '../../tensor/shape.ts';
import type { Algebra, Pullback, Shaped } from '../algebra.ts';

/** `g` with the shape of `x`: sums over the dimensions that broadcasting added or repeated. */
export const sumLike: Pullback = ([g, x], { algebra }) => {
  if (sameShape(g!.shape, x!.shape)) return g!;
  const added = g!.shape.length - x!.shape.length;
  const dims = g!.shape.flatMap((size, i) => (i < added || (x!.shape[i - added] === 1 && size !== 1) ? [i] : []));
  const summed = dims.length === 0 ? g! : algebra.apply('sum', [g!], { dim: dims, keepdim: added === 0 });
  return sameShape(summed.shape, x!.shape) ? summed : algebra.apply('reshape', [summed], { shape: x!.shape });
};

const expandLike: Pullback = ([g, x], { algebra, attributes }) => {
  const kept = keptShape(x!.shape, reducedDims('sum', x!.shape.length, attributes));
  const whole = sameShape(kept, g!.shape) ? g! : algebra.apply('reshape', [g!], { shape: kept });
  return sameShape(kept, x!.shape) ? whole : algebra.apply('expand', [whole], { shape: x!.shape });
};

const count: Pullback = ([x, y], { algebra }) =>
  algebra.number(sizeOf(x!.shape) / Math.max(1, sizeOf(y!.shape)), y!.dtype);

/** `count`, one less where the mean was taken from the same elements. */
const degreesOfFreedom: Pullback = ([x, y], { algebra, attributes }) => {
  const elements = sizeOf(x!.shape) / Math.max(1, sizeOf(y!.shape));
  return algebra.number(Math.max(0, elements - (attributes.unbiased === true ? 1 : 0)), y!.dtype);
};

const deviation: Pullback = ([x], { algebra, attributes: { dim = null } }) =>
  algebra.apply('sub', [x!, algebra.apply('mean', [x!], { dim, keepdim: true })]);

const share: Pullback = ([x, y], { algebra, attributes: { dim = null } }) => algebra.apply('share', [x!, y!], { dim });

/** `x` with 1 in the place of 0. */
const nonzero: Pullback = ([x], { algebra }) => {
  const { dtype } = x!;
  const isZero = algebra.apply('equal', [x!, algebra.number(0, dtype)]);
  return algebra.apply('where', [isZero, algebra.number(1, dtype), x!]);
};

/** a / b, and 0 where b is. */
const quotientOrZero: Pullback = ([a, b], context) => {
  const { algebra } = context;
  const zero = algebra.number(0, b!.dtype);
  const quotient = algebra.apply('div', [a!, nonzero([b!], context)]);
  return algebra.apply('where', [algebra.apply('equal', [b!, zero]), zero, quotient]);
};

const productOfOthers: Pullback = ([x], { algebra, attributes }) =>
  othersAlong(x!, reducedDims('prod', x!.shape.length, attributes), algebra);

/** Those before times those after, one dimension after the other: of the same lane, then of the other lanes. */
function othersAlong<Value extends Shaped>(
  x: Value,
  [dim, ...rest]: readonly number[],
  algebra: Algebra<Value>,
): Value {
  if (dim === undefined) return algebra.apply('expand', [algebra.number(1, x.dtype)], { shape: x.shape });
  const before = algebra.apply('cumprod', [x], { dim, exclusive: true });
  const after = algebra.apply('cumprod', [x], { dim, exclusive: true, reverse: true });
  const others = algebra.apply('mul', [before, after]);
  if (rest.length === 0) return others;
  const lanes = algebra.apply('prod', [x], { dim, keepdim: true });
  return algebra.apply('mul', [others, othersAlong(lanes, rest, algebra)]);
}

export const reductionPullbacks = {
  sumLike,
  expandLike,
  count,
  degreesOfFreedom,
  deviation,
  share,
  nonzero,
  quotientOrZero,
  productOfOthers,
};
