import { call, symbol, times } from '../../expression/expression.ts';
import { min as smallest } from '../../tensor/kernels/reduce.ts';
import { defineReduction } from './define-reduction.ts';

export const min = defineReduction({
  name: 'min',
  doc: 'Smallest element',
  convention: 'among equal extremes the gradient is shared evenly',
  ofNothing: false,
  kernel: smallest,
  pullback: times(call('expandLike', symbol('ȳ'), symbol('x')), call('share', symbol('x'), symbol('y'))),
});
