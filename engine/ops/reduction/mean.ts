import { call, over, symbol } from '../../expression/expression.ts';
import { sum as total } from '../../tensor/kernels/reduce.ts';
import { defineReduction } from './define-reduction.ts';

export const mean = defineReduction({
  name: 'mean',
  doc: 'Arithmetic mean (NaN of nothing)',
  result: 'float',
  ofNothing: true,
  kernel: (data, shape, dims, dtype) => {
    const count = dims.reduce((product, d) => product * shape[d]!, 1);
    const sums = total(data, shape, dims, dtype);
    for (let i = 0; i < sums.length; i++) sums[i]! /= count;
    return sums;
  },
  pullback: over(call('expandLike', symbol('ȳ'), symbol('x')), call('count', symbol('x'), symbol('y'))),
});
