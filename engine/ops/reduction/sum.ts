import { call, symbol } from '../../expression/expression.ts';
import { sum as total } from '../../tensor/kernels/reduce.ts';
import { defineReduction } from './define-reduction.ts';

export const sum = defineReduction({
  name: 'sum',
  doc: 'Sum',
  result: 'count',
  ofNothing: true,
  kernel: total,
  pullback: call('expandLike', symbol('ȳ'), symbol('x')),
});
