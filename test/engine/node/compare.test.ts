import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Comparison } from '../../../engine/explain/compare/view.ts';
import { retrograd, root } from '../../examples/command-line.ts';

const earlier = join(root, 'test/fixtures/compare/other-numbers/before.ts');
const later = join(root, 'test/fixtures/compare/other-numbers/after.ts');

describe('retrograd compare', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'retrograd-compare-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('takes two models, or a model and a trace that was saved', () => {
    const two = retrograd(['compare', earlier, later]);
    assert.equal(two.code, 0);
    // E = (2w)²: 1 at w = 0.5 and 9 at 1.5; ∂E/∂w = 8w: 4 and 12.
    assert.match(two.out, /E {4}1\.0000 {3}9\.0000 {2}×9\n {2}‖∇‖ {2}4\.0000 {2}12\.0000 {2}×3/);
    const saved = join(folder, 'before.ts.json');
    assert.equal(retrograd(['export', earlier, '--format', 'json', '--out', saved]).code, 0);
    const snapshot = retrograd(['compare', later, '--with', saved]);
    assert.equal(snapshot.out, two.out.replace('before.ts', 'before.ts.json'));
  });

  it('says it in JSON', () => {
    const { out } = retrograd(['compare', earlier, later, '--format', 'json']);
    const { models } = JSON.parse(out) as Comparison;
    const w = models[0]!.nodes.find(({ name }) => name === 'w')!;
    assert.deepEqual(
      [w.mark, w.gradient.before, w.gradient.after, w.gradient.ratio],
      ['numbers', '4.0000', '12.0000', '×3'],
    );
    assert.ok(Math.abs(w.gradient.decades! - Math.log10(3)) < 1e-6);
  });

  it('prints no escapes for the terminal that are in names of files or models', () => {
    const file = join(folder, 'odd.ts');
    writeFileSync(
      file,
      "import { model, param } from 'retrograd';\nconst w = param(1);\nexport const m = model(() => w.square(), { name: 'a\\u001b[31m\\nb' });\n",
    );
    const { out } = retrograd(['compare', file, file]);
    assert.ok(!out.includes('\u001b'));
  });

  const wrongUses: readonly [what: string, args: readonly string[], err: RegExp][] = [
    ['one file alone', [earlier], /Name two files, or one file and a snapshot/],
    ['two files and a snapshot', [earlier, later, '--with', earlier], /Name two files, or one file and a snapshot/],
    ['a model that neither has', [earlier, later, '--model', 'n'], /There is no model 'n'/],
    ['what is no trace', [later, '--with', join(root, 'package.json')], /is no trace of a model/],
  ];
  for (const [what, args, err] of wrongUses) {
    it(`refuses ${what}`, () => {
      const outcome = retrograd(['compare', ...args]);
      assert.equal(outcome.code, 2);
      assert.match(outcome.err, err);
    });
  }
});
