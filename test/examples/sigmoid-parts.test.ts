import assert from 'node:assert/strict';
import { factors, gradient, near, sigmoid } from './numbers.ts';

describe('sigmoid-parts', () => {
  const v = sigmoid(0.5);

  it('multiplies four local derivatives to v(1 − v)', () => {
    const values = factors('sigmoid-parts', 'x') as number[];
    assert.equal(values.length, 4);
    near(
      values.reduce((a, b) => a * b),
      v * (1 - v),
    );
    near(gradient('sigmoid-parts', 'x', 0)[0], v * (1 - v));
  });

  it('gives the gradient of sigmoid()', () => near(gradient('sigmoid-parts', 'x', 1)[0], v * (1 - v)));
});
