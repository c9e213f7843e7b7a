import { dimensionOf } from '../../tensor/shape.ts';
import type { Pullback } from '../algebra.ts';

/** In a rule, the ops themselves: each pair is one another's transpose, and needs to know the shape to come back to. */
const indexSum: Pullback = ([g, index], { algebra, attributes, inputs }) => {
  const { shape } = inputs[0]!;
  const dim = dimensionOf('indexSum', Number(attributes.dim), shape.length);
  return algebra.apply('indexSum', [g!, index!], { dim, size: shape[dim]! });
};

const indexSelect: Pullback = ([x, index], { algebra, attributes }) =>
  algebra.apply('indexSelect', [x!, index!], { dim: attributes.dim! });

const scatterSum: Pullback = ([src, index], { algebra, attributes, inputs }) =>
  algebra.apply('scatterSum', [src!, index!], { dim: attributes.dim!, shape: inputs[0]!.shape });

const gather: Pullback = ([x, index], { algebra, attributes }) =>
  algebra.apply('gather', [x!, index!], { dim: attributes.dim! });

export const indexingPullbacks = { indexSum, indexSelect, scatterSum, gather };
