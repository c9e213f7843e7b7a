import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckDocument } from '../../../engine/explain/check/document.ts';
import { retrograd } from '../../examples/command-line.ts';

describe('retrograd gradcheck', () => {
  let folder: string;
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-gradcheck-')));
    const files: Record<string, string> = {
      // ∂m/∂w = 2w = 4; ∂n/∂w = 3w² = 12.
      'good.ts':
        "import { model, param } from 'retrograd';\nconst w = param(2);\nexport const m = model(() => w.square());\nexport const n = model(() => w.mul(w).mul(w));\n",
      // |w| as √(w²): NaN at 0.
      'bad.ts':
        "import { model, param } from 'retrograd';\nconst w = param(0);\nexport const m = model(() => w.square().sqrt());\n",
      'broken.ts':
        "import { model, param } from 'retrograd';\nexport const m = model(() => param([1, 2]).add([1, 2, 3]).sum());\n",
      'large.ts':
        "import { model, ones, param } from 'retrograd';\nconst w = param(ones([30, 10]));\nexport const m = model(() => w.square().sum());\n",
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  });
  after(() => rmSync(folder, { recursive: true }));

  const cases: readonly [what: string, args: readonly string[], code: number, out: RegExp, err: RegExp][] = [
    ['all models', ['good.ts'], 0, /∂L\/∂w {2}✓ agrees {4}4\.0000 [\s\S]*∂L\/∂w {2}✓ agrees {3}12\.0000/, /^$/],
    ['one model', ['good.ts', '--model', 'n'], 0, /^ {2}n [^]*12\.0000(?![^]* m )/, /^$/],
    ['one node', ['good.ts', 'w'], 0, /The gradient agrees/, /^$/],
    ['one node by place', ['good.ts', '2:7'], 0, /∂L\/∂w/, /^$/],
    ['a gradient that differs', ['bad.ts'], 1, /✗ differs[^]*sqrt in L, line 3, makes NaN/, /^$/],
    ['a model that fails', ['broken.ts'], 1, /^$/, /^broken\.ts:2:/],
    ['an unknown node', ['good.ts', 'x'], 2, /^$/, /m has no node 'x'/],
    ['an unknown model', ['good.ts', '--model', 'k'], 2, /^$/, /There is no model 'k'/],
    ['a file that is not there', ['none.ts'], 2, /^$/, /There is no file none\.ts/],
    ['a sample of no size', ['good.ts', '--elements', '0'], 2, /^$/, /A whole number from 1/],
    ['a sample', ['large.ts', '--elements', '10'], 0, /10 of 300 elements/, /^$/],
  ];
  for (const [what, args, code, out, err] of cases) {
    it(`ends with ${code} for ${what}`, () => {
      const outcome = retrograd(['gradcheck', ...args], folder);
      assert.equal(outcome.code, code, outcome.err);
      assert.match(outcome.out, out);
      assert.match(outcome.err, err);
    });
  }

  it('prints JSON, with NaN as a text', () => {
    const { out, code } = retrograd(['gradcheck', 'bad.ts', 'w', '--json'], folder);
    const { models } = JSON.parse(out) as { models: CheckDocument[] };
    assert.equal(code, 1);
    assert.equal(models[0]!.passed, false);
    assert.deepEqual(models[0]!.nodes[0]!.worst, { element: [], analytic: 'NaN', numeric: 0, verdict: 'differs' });
  });
});
