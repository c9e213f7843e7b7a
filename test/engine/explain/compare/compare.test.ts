import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareRuns } from '../../../../engine/explain/compare/build.ts';
import { comparisonText } from '../../../../engine/explain/compare/terminal.ts';
import { locate, requestFor } from '../../../../engine/node/cli/run-file.ts';
import { startRunner } from '../../../../engine/node/runner.ts';
import type { Trace } from '../../../../engine/trace/format.ts';
import { root } from '../../../examples/command-line.ts';

const folder = join(root, 'test/fixtures/compare');

describe('two runs side by side', function () {
  this.timeout(60_000);
  const runner = startRunner();
  after(() => runner.dispose());
  const traceOf = async (file: string): Promise<Trace> => {
    const result = await runner.run({
      ...requestFor(locate(file)),
      budget: { ...requestFor(locate(file)).budget, softDeadline: 20_000, hardDeadline: 25_000 },
    });
    assert.ok(result?.trace, JSON.stringify(result?.problems));
    return result.trace;
  };
  const compared = async (name: string) => ({
    before: { label: 'before.ts', trace: await traceOf(join(folder, name, 'before.ts')) },
    after: { label: 'after.ts', trace: await traceOf(join(folder, name, 'after.ts')) },
  });

  for (const name of readdirSync(folder)) {
    it(`${name} reads as it did`, async () => {
      const { before, after } = await compared(name);
      const text = comparisonText(compareRuns(before, after), (one) => one);
      const golden = join(folder, name, 'expected.txt');
      if (process.env.UPDATE_GOLDEN) writeFileSync(golden, text);
      assert.equal(text, readFileSync(golden, 'utf8'));
      assert.deepEqual(readdirSync(join(folder, name)).sort(), ['after.ts', 'before.ts', 'expected.txt']);
    });
  }

  it('says of the other way round what is the other way round', async () => {
    const { before, after } = await compared('added-layer');
    const [there] = compareRuns(before, after).models;
    const [back] = compareRuns(after, before).models;
    const marked = (model: typeof there, mark: string): string[] =>
      model!.nodes
        .filter((node) => node.mark === mark)
        .map(({ name }) => name)
        .sort();
    assert.deepEqual(marked(there, 'added'), ['b', 'v']);
    assert.deepEqual(marked(back, 'gone'), ['b', 'v']);
    assert.deepEqual(marked(there, 'gone'), marked(back, 'added'));
    assert.equal(there!.loss.before, back!.loss.after);
    assert.ok(Math.abs(there!.loss.decades! + back!.loss.decades!) < 1e-12);
    assert.deepEqual(compareRuns(before, after).added, ['another']);
    assert.deepEqual(compareRuns(after, before).gone, ['another']);
  });

  it('tells which findings went and came', async () => {
    const health = join(root, 'test/fixtures/health');
    const sick = { label: 'sick', trace: await traceOf(join(health, 'division-near-zero.sick.ts')) };
    const healthy = { label: 'healthy', trace: await traceOf(join(health, 'division-near-zero.healthy.ts')) };
    const [there] = compareRuns(sick, healthy).models;
    const [back] = compareRuns(healthy, sick).models;
    assert.deepEqual(
      there!.findings.gone.map(({ rule }) => rule),
      ['division-near-zero'],
    );
    assert.deepEqual(there!.findings.added, []);
    assert.deepEqual(back!.findings, { gone: there!.findings.added, added: there!.findings.gone });
  });
});
