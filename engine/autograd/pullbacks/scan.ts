import type { Attributes } from '../../tensor/runtime.ts';
import { dimensionOf } from '../../tensor/shape.ts';
import type { Pullback, RuleContext, Shaped } from '../algebra.ts';

/** Rules of ops that run along a dimension: their adjoints run the other way. */

const turned = (attributes: Attributes): Attributes => ({ ...attributes, reverse: attributes.reverse !== true });

const cumsumBack: Pullback = ([g], { algebra, attributes }) => algebra.apply('cumsum', [g!], turned(attributes));

const recurrenceBack: Pullback = ([g, a], { algebra, attributes }) =>
  algebra.apply('recurrence', [a!, g!], { ...turned(attributes), lag: attributes.lag !== true });

/** Each element's predecessor along the dimension (or its successor), 0 for the one that has none. */
function shifted<Value extends Shaped>(x: Value, down: boolean, { algebra, attributes }: RuleContext<Value>): Value {
  const { shape } = x;
  // The one element of a scalar has no neighbour.
  if (shape.length === 0) return algebra.number(0, x.dtype);
  const dim = dimensionOf('slice', Number(attributes.dim), shape.length);
  const size = shape[dim]!;
  if (size === 0) return x;
  const [start, end] = down ? [0, size - 1] : [1, size];
  const kept = algebra.apply('slice', [x], { dim, start, end, step: 1 });
  return algebra.apply('embed', [kept], { shape, dim, start: 1 - start, step: 1 });
}

const preceding: Pullback = ([x], context) => shifted(x!, context.attributes.reverse !== true, context);
const following: Pullback = ([x], context) => shifted(x!, context.attributes.reverse === true, context);

/** The products of the elements before each: what an exclusive product is already. */
const productsBefore: Pullback = ([x, y], { algebra, attributes }) =>
  attributes.exclusive === true ? y! : algebra.apply('cumprod', [x!], { ...attributes, exclusive: true });

/** Sⱼ = ȳⱼ + xⱼ₊₁·Sⱼ₊₁. For exclusive products, where xⱼ first counts at j + 1, ȳⱼ₊₁ + xⱼ₊₁·(the same there). */
const weightedAfter: Pullback = ([g, x], context) => {
  const { algebra, attributes } = context;
  const { dim, reverse, exclusive } = attributes;
  const lag = exclusive !== true;
  const sums = algebra.apply('recurrence', [x!, g!], { dim: dim!, reverse: reverse !== true, lag });
  return lag ? sums : following([sums], context);
};

export const scanPullbacks = { cumsumBack, recurrenceBack, preceding, following, productsBefore, weightedAfter };
