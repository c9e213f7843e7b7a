import { reducedDims } from '../../ops/reduction/define-reduction.ts';
import { keptShape } from '../../tensor/kernels/reduce.ts';
import { sameShape, sizeOf } from '../../tensor/shape.ts';
import type { Pullback } from '../algebra.ts';

/** `g` with the shape of `x`: sums over the dimensions that broadcasting added or repeated. */
const sumLike: Pullback = ([g, x], { algebra }) => {
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

/** 1 over the number of equal extremes where an element is one of them, else 0. */
const share: Pullback = ([x, y], context) => {
  const { algebra, attributes } = context;
  const same = algebra.apply('equal', [x!, expandLike([y!, x!], context)]);
  const hits = algebra.apply('mul', [same, algebra.number(1, y!.dtype)]);
  const { dim = null } = attributes;
  return algebra.apply('div', [hits, algebra.apply('sum', [hits], { dim, keepdim: true })]);
};

export const reductionPullbacks = { sumLike, expandLike, count, share };
