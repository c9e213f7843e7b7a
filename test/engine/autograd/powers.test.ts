import assert from 'node:assert/strict';
import { param } from '../../../engine/library.ts';

const numbers = Array.from({ length: 64 }, (_, i) => Math.fround(0.25 + i / 16));

describe('a power with a constant exponent', () => {
  // 4 · 2⁻²³: one rounding each for the power, the factor and the upstream gradient, and one to spare.
  const bound = 4 * 2 ** -23;
  for (const exponent of [-2, -1, 0, 0.5, 1, 2, 3]) {
    it(`${exponent}: has the gradient ${exponent}·x^(${exponent} − 1), many at a time`, () => {
      const x = param(numbers);
      x.pow(exponent).sum().backward();
      x.grad!.data.forEach((slope, i) => {
        const expected = exponent === 0 ? 0 : exponent * numbers[i]! ** (exponent - 1);
        assert.ok(
          Math.abs(slope - expected) <= bound * Math.abs(expected),
          `${numbers[i]!}: ${slope}, not ${expected}`,
        );
      });
    });
  }

  it('has the gradient of the exponent, x^p·ln x, many at a time', () => {
    const exponent = param(2);
    param(numbers).pow(exponent).sum().backward();
    const expected = numbers.reduce((sum, x) => sum + x * x * Math.log(x), 0);
    assert.ok(Math.abs(exponent.grad!.item() - expected) <= 1e-6 * expected);
  });

  it('of 0 and below is as for single numbers', () => {
    const values = [0, -0, -1.5, -2, Infinity, -Infinity, NaN, ...numbers];
    const x = param(values);
    x.pow(2).sum().backward();
    assert.deepEqual(
      [...x.grad!.data],
      values.map((value) => Math.fround(2 * value)),
    );
  });
});
