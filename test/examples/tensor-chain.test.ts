import assert from 'node:assert/strict';
import type { ExplainDocument } from '../../engine/explain/json.ts';
import { retrograd } from './command-line.ts';
import { explained } from './documents.ts';
import { allNear, gradient, near, sum, value } from './numbers.ts';

describe('tensor-chain', () => {
  const X = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, -0.7, 0.8, 0.9, 1, -1.1, 0];
  const w = [0.5, 1, -0.5];
  // Rows of three elements: S of row r is Σₖ X[3r + k]²·w[k].
  const S = [0, 1, 2, 3].map((r) => sum(w.map((one, k) => X[3 * r + k]! ** 2 * one)));
  const expected = X.map((x, i) => (1 - Math.tanh(S[Math.floor(i / 3)]!) ** 2) * w[i % 3]! * 2 * x);

  it('has, for each element, the product of its own three factors', () => {
    allNear(value('tensor-chain', 'S'), S);
    near(value('tensor-chain', 'z')[0], sum(S.map(Math.tanh)));
    allNear(gradient('tensor-chain', 'X'), expected);
    // By hand: X[1,1,0] = 1, S[1,1] = 0.5·1 + 1·1.21 = 1.71, so (1 − tanh² 1.71)·0.5·2·1 = 1 − 0.9366² = 0.1227.
    near(gradient('tensor-chain', 'X')[9], 0.1227, 'X[1,1,0]', 1e-4);
    assert.ok(gradient('tensor-chain', 'X')[11] === 0, 'X[1,1,2] is 0, and so is the slope of its square');
  });

  it('shows the scalar chain of an element that is chosen', () => {
    const { out } = retrograd(['explain', 'examples/tensor-chain.ts', 'X[1,1,0]', '--json']);
    const { paths, gradient: whole } = JSON.parse(out) as ExplainDocument;
    const [path] = paths;
    assert.deepEqual(path!.nodes, ['X[1,1,0]', 'V[1,1,0]', 'S[1,1]', 'z']);
    assert.deepEqual(
      path!.factors.map(({ formula }) => formula),
      ['1 − tanh(S[1,1])²', 'w[0]', '2·X[1,1,0]'],
    );
    allNear(
      path!.factors.map(({ value: factor }) => factor),
      [1 - Math.tanh(1.71) ** 2, 0.5, 2],
    );
    near(whole, expected[9]!);
  });

  it('explains ∂z/∂X by the factors of S, V and X', () => {
    const { paths, sum: total } = explained('tensor-chain', 'X');
    assert.deepEqual(
      paths.map(({ nodes }) => nodes),
      [['X', 'V', 'S', 'z']],
    );
    assert.equal(paths[0]!.factors.at(-1)!.formula, '2·X');
    allNear(
      paths[0]!.factors.at(-1)!.value,
      X.map((x) => 2 * x),
    );
    allNear(total, expected);
  });
});
