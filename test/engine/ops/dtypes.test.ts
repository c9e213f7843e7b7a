import assert from 'node:assert/strict';
import { type Tensor, arange, maximum, tensor, where } from '../../../engine/library.ts';

const whole = arange(3);
const truths = tensor([true, false, true], { dtype: 'bool' });
const single = tensor([1.5, 2, 3]);
const double = tensor([1, 2, 3], { dtype: 'float64' });

const results: readonly [what: string, x: Tensor, dtype: string, content: readonly number[] | number][] = [
  // Wider floats win, floats win over whole numbers, these over truths.
  ['int32 + float32', whole.add(single), 'float32', [1.5, 3, 5]],
  ['float32 · float64', single.mul(double), 'float64', [1.5, 4, 9]],
  ['bool · float32', truths.mul(single), 'float32', [1.5, 0, 3]],
  // Whole numbers stay whole, but for quotients and means.
  ['int32 · int32', whole.mul(whole), 'int32', [0, 1, 4]],
  ['int32 / int32', whole.div(2), 'float32', [0, 0.5, 1]],
  ['the mean of int32', whole.mean(), 'float32', 1],
  ['int32 + 1', whole.add(1), 'int32', [1, 2, 3]],
  ['1 − int32', tensor(1, { dtype: 'int32' }).sub(whole), 'int32', [1, 0, -1]],
  ['int32 · 0.5', whole.mul(0.5), 'float32', [0, 0.5, 1]],
  ['the remainder of int32', whole.sub(4).remainder(3), 'int32', [2, 0, 1]],
  // Truths are counted where they are added; products, extremes and choices of truths are truths.
  ['bool + bool', truths.add(truths), 'int32', [2, 0, 2]],
  ['−bool', truths.neg(), 'int32', [-1, 0, -1]],
  ['the sum of bool', truths.sum(), 'int32', 2],
  ['the product of vectors of bool', truths.dot(truths), 'int32', 2],
  ['the product of matrices of bool', truths.reshape(1, 3).matmul(truths.reshape(3, 1)).reshape(1), 'int32', [2]],
  ['bool · bool', truths.mul(truths), 'bool', [1, 0, 1]],
  ['the larger of bool', maximum(truths, truths.logicalNot()), 'bool', [1, 1, 1]],
  ['bool filled with 7', truths.logicalNot().maskedFill(truths, 7), 'bool', [1, 1, 1]],
  ['a choice of bool', where(truths, truths, truths), 'bool', [1, 0, 1]],
];

describe('dtypes', () => {
  for (const [what, x, dtype, content] of results)
    it(`of ${what}`, () => assert.deepEqual([x.dtype, x.toArray()], [dtype, content]));

  it('that cannot hold a value refuse it', () =>
    assert.throws(
      () => whole.maskedFill(truths, -Infinity),
      /^ArgumentError: maskedFill: -Infinity is no value of int32/,
    ));
});
