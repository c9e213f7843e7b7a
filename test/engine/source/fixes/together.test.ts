import assert from 'node:assert/strict';
import { applyEdits, fixEdits } from '../../../../engine/source/fixes/index.ts';
import { marked } from './repairs.ts';

const relu = { kind: 'activation' as const, from: 'sigmoid', to: 'relu' };

describe('several repairs of a source', () => {
  it('are carried out together, each at its place', () => {
    const { text, at } = marked(
      "import { param, randn, relu, sigmoid } from 'retrograd';\nconst W = «param(randn([4, 4]))»;\nh = «sigmoid(h.matmul(W))»; // σ\nh = «sigmoid(h)»;",
    );
    const edits = fixEdits('model.ts', text, [
      { ...relu, at: at[1]! },
      { kind: 'initialise', numerator: 2, dim: 0, fan: 4, at: at[0]! },
      { ...relu, at: at[2]! },
    ]);
    assert.equal(
      edits && applyEdits(text, edits),
      "import { param, randn, relu } from 'retrograd';\nconst W = param(randn([4, 4]).mul(Math.sqrt(2 / 4)));\nh = relu(h.matmul(W)); // σ\nh = relu(h);",
    );
  });

  it('are all carried out, or none', () => {
    const { text, at } = marked("import { model } from 'retrograd';\nh = «z.sigmoid()»; h = «z.tanh()»;");
    const requests = at.map((place) => ({ ...relu, at: place }));
    assert.equal(fixEdits('model.ts', text, requests), null);
  });
});
