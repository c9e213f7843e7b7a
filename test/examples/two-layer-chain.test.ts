import assert from 'node:assert/strict';
import { retrograd } from './command-line.ts';
import { explained } from './documents.ts';
import { chain, factors, near, sigmoid } from './numbers.ts';

describe('two-layer-chain', () => {
  // u₁ = 0.8·1.5 − 0.2 = 1, Yⱼ = tanh 1, u₂ = −1.1·Yⱼ + 0.3, Y = σ(u₂), E = ½(Y − 1)².
  const Yj = Math.tanh(1);
  const Y = sigmoid(-1.1 * Yj + 0.3);
  const expected = [Y - 1, Y * (1 - Y), -1.1, 1 - Yj ** 2, 1.5];
  const product = expected.reduce((a, b) => a * b);

  it('explains ∂E/∂w1 by five factors in this order', () => {
    assert.deepEqual(chain('two-layer-chain', 'w1'), [
      '∂E/∂Y: Y − T',
      '∂Y/∂u2: Y·(1 − Y)',
      '∂u2/∂Yj: w₂',
      '∂Yj/∂u1: 1 − Yⱼ²',
      '∂u1/∂w1: X',
    ]);
    factors('two-layer-chain', 'w1').forEach((value, i) => near(value, expected[i]!));
    near(explained('two-layer-chain', 'w1').gradient, product);
    near(explained('two-layer-chain', 'w1').sum, product);
  });

  it('explains ∂E/∂w2 by three', () => {
    assert.deepEqual(chain('two-layer-chain', 'w2'), ['∂E/∂Y: Y − T', '∂Y/∂u2: Y·(1 − Y)', '∂u2/∂w2: Yⱼ']);
  });

  it('shows one step of gradient descent, w′ = w − η·∂E/∂w, and the new E', () => {
    // η = 0.5; every weight moves, then E is computed again by hand.
    const [, , , , X] = expected as [number, number, number, number, number];
    const du2 = (Y - 1) * Y * (1 - Y);
    const du1 = du2 * -1.1 * (1 - Yj ** 2);
    const [w1, b1, w2, b2] = [0.8 - 0.5 * du1 * X, -0.2 - 0.5 * du1, -1.1 - 0.5 * du2 * Yj, 0.3 - 0.5 * du2];
    const after = 0.5 * (sigmoid(w2 * Math.tanh(w1 * X + b1) + b2) - 1) ** 2;
    const { out } = retrograd(['trace', 'examples/two-layer-chain.ts']);
    assert.match(
      out,
      new RegExp(`one step of sgd \\(lr 0\\.5\\): E 0\\.1993 → ${after.toFixed(4).replace('.', '\\.')}`),
    );
  });
});
