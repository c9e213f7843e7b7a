import { call, symbol, times } from '../../expression/expression.ts';
import { max as largest } from '../../tensor/kernels/reduce.ts';
import { defineReduction } from './define-reduction.ts';

export const max = defineReduction({
  name: 'max',
  doc: 'Largest element',
  convention: 'among equal extremes the gradient is shared evenly',
  ofNothing: false,
  kernel: largest,
  pullback: times(call('expandLike', symbol('ȳ'), symbol('x')), call('share', symbol('x'), symbol('y'))),
});
