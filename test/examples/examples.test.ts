import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { retrograd, root } from './command-line.ts';

describe('every example', () => {
  const fixtures = join(root, 'test', 'fixtures', 'examples');
  const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts'));

  for (const example of examples) {
    it(`${example} prints what it printed`, () => {
      const { out, code } = retrograd(['trace', `examples/${example}`]);
      assert.equal(code, 0);
      const golden = join(fixtures, example.replace('.ts', '.txt'));
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, out);
      assert.equal(out, readFileSync(golden, 'utf8'));
    });

    it(`${example} runs unchanged in plain Node`, async () => {
      const print = console.log;
      console.log = () => undefined;
      try {
        const made = (await import(join(root, 'examples', example))) as Record<string, () => { item(): number }>;
        for (const model of Object.values(made)) assert.ok(Number.isFinite(model().item()));
      } finally {
        console.log = print;
      }
    });
  }

  it('has a golden text, and no golden text is left over', () => {
    assert.deepEqual(readdirSync(fixtures).sort(), examples.map((name) => name.replace('.ts', '.txt')).sort());
  });
});
