import { call, symbol, times } from '../../expression/expression.ts';
import { defineReduction } from './define-reduction.ts';

export const prod = defineReduction({
  name: 'prod',
  doc: 'Product',
  result: 'count',
  ofNothing: true,
  kernel: {
    lane: () => (lane) => {
      let product = 1;
      for (const x of lane) product *= x;
      return product;
    },
  },
  // ∂y/∂xᵢ is the product of the others, made without a division: zeros need no care.
  pullback: times(call('expandLike', symbol('ȳ'), symbol('x')), call('productOfOthers', symbol('x'))),
});
