import assert from 'node:assert/strict';
import { readingOfNumbers } from '../../../engine/explain/reading.ts';

describe('a tensor in one line', () => {
  for (const [what, numbers, text] of [
    // (1 + 3) / 2, √(((1 − 2)² + (3 − 2)²) / 2)
    ['of finite numbers has mean and deviation', [1, 3], 'μ 2 σ 1'],
    // log of 0, −1, ∞ and e: the mean is of the last alone.
    ['says first what is not finite', [-Infinity, NaN, Infinity, 1], 'NaN 1 ∞ 1 −∞ 1 μ 1'],
    ['of no finite number has no mean', [NaN, NaN], 'NaN 2'],
    ['without elements is empty', [], 'empty'],
  ] as const)
    it(what, () => assert.equal(readingOfNumbers(Float64Array.from(numbers), [numbers.length]).text, text));
});
