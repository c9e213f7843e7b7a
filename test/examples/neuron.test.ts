import assert from 'node:assert/strict';
import { explained } from './documents.ts';
import { chain, factors, gradient, near, sigmoid } from './numbers.ts';

describe('neuron', () => {
  // z = 0.6·2 − 0.4 = 0.8, a = σ(0.8), L = (a − 1)²: ∂L/∂a = 2(a − 1), ∂a/∂z = a(1 − a), ∂z/∂w = x = 2, ∂z/∂b = 1.
  const a = sigmoid(0.8);
  const outer = 2 * (a - 1) * a * (1 - a);

  it('explains ∂L/∂w by its three factors, loss first', () => {
    assert.deepEqual(chain('neuron', 'w'), ['∂L/∂a: 2·(a − y)', '∂a/∂z: a·(1 − a)', '∂z/∂w: x']);
    [2 * (a - 1), a * (1 - a), 2].forEach((value, i) => near(factors('neuron', 'w')[i], value));
    near(explained('neuron', 'w').gradient, outer * 2);
  });

  it('explains ∂L/∂b, whose last factor is 1', () => {
    assert.deepEqual(chain('neuron', 'b'), ['∂L/∂a: 2·(a − y)', '∂a/∂z: a·(1 − a)', '∂z/∂b: 1']);
    near(gradient('neuron', 'b')[0], outer);
  });
});
