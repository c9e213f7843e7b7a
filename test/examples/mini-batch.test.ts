import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ExplainDocument } from '../../engine/explain/json.ts';
import { retrograd, root } from './command-line.ts';
import { allNear, chain, gradient, near, sum, value } from './numbers.ts';
import { each, product, transposed } from './plain-layers.ts';

const T = [
  [0, 1],
  [1, 0],
  [1, -1],
  [0, 1],
];
const X = [
  [1, 0, 2],
  [0, 1, -1],
  [2, -1, 0],
  [1, 1, 1],
];

describe('mini-batch', () => {
  // Z = X·W + b, row by row: (1, 0, 2)·W + b = (0.5 − 0.6 + 0.1, −0.2 + 1.2 − 0.1) = (0, 0.9), and so on.
  const Z = [
    [0, 0.9],
    [0.5, -0.3],
    [1, -0.9],
    [0.4, 0.7],
  ];
  // L is the mean of eight squares: ∂L/∂Z = 2(Z − T)/8.
  const dZ = Z.map((row, n) => row.map((z, j) => (z - T[n]![j]!) / 4));

  it('computes each row by the same W and b', () => {
    allNear(value('mini-batch', 'Z'), Z.flat());
    allNear(gradient('mini-batch', 'Z'), dZ.flat());
  });

  it('sums over the batch: ∂L/∂W = Xᵀ·∂L/∂Z, ∂L/∂b = Σₙ ∂L/∂Z[n]', () => {
    const dW = [0, 1, 2].map((i) => [0, 1].map((j) => X.reduce((total, row, n) => total + row[i]! * dZ[n]![j]!, 0)));
    allNear(gradient('mini-batch', 'W'), dW.flat());
    allNear(gradient('mini-batch', 'b'), [(0 - 0.5 + 0 + 0.4) / 4, (-0.1 - 0.3 + 0.1 - 0.3) / 4]);
  });

  it('shows the sum over the batch for an element that is chosen', () => {
    const { out } = retrograd(['explain', 'examples/mini-batch.ts', 'b[1]', '--json']);
    const { terms, sum } = JSON.parse(out) as ExplainDocument;
    const parts = Object.fromEntries(terms.map(({ through, value: part }) => [through, part]));
    allNear(
      [0, 1, 2, 3].map((n) => parts[`Z[${n},1]`]),
      [-0.1 / 4, -0.3 / 4, 0.1 / 4, -0.3 / 4],
    );
    near(sum, -0.15);
  });

  it('explains both in matrices', () => {
    assert.equal(chain('mini-batch', 'W')[1], '∂Z/∂W: Xᵀ · ∂L/∂Z');
    assert.match(chain('mini-batch', 'b')[1]!, /^∂Z\/∂b: Σ/);
    const told = (node: string): string => retrograd(['explain', 'examples/mini-batch.ts', node]).out;
    assert.match(told('W'), /∂L\/∂W = Xᵀ · ∂L\/∂Z\n +\[4×3\]ᵀ · \[4×2\] → \[3×2\]/);
    assert.match(told('b'), /∂L\/∂b = Σ over batch \(dim 0\) of ∂L\/∂Z\n +\[4×2\] → \[2\]/);
    assert.match(told('b'), /b \[2\] is repeated over batch \(dim 0\) of \[4×2\]; the sum over it undoes that\./);
  });
});

describe('mini-batch, trained in plain Node', () => {
  it('goes down as gradient descent by hand does', async () => {
    const { layer } = (await import(join(root, 'examples', 'mini-batch.ts'))) as { layer: { train(): number[] } };
    let W = [
      [0.5, -0.2],
      [0.1, 0.4],
      [-0.3, 0.6],
    ];
    let b = [0.1, -0.1];
    const expected = Array.from({ length: 100 }, () => {
      const off = product(X, W).map((row, n) => row.map((z, j) => z + b[j]! - T[n]![j]!));
      const dZ = each((e) => e / 4, off);
      W = each((w, d) => w - 0.1 * d, W, product(transposed(X), dZ));
      b = b.map((one, j) => one - 0.1 * sum(dZ.map((row) => row[j]!)));
      return sum(off.flat().map((e) => e * e)) / 8;
    });
    const losses = layer.train();
    allNear(losses, expected, 'losses', 1e-5);
    assert.ok(losses.at(-1)! < losses[0]! / 5, `${losses[0]!} → ${losses.at(-1)!}`);
  });
});
