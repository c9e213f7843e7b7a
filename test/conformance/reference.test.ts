import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { conform, type Outcome, passed, type Settings } from './conform.ts';
import { readReference } from './reference.ts';
import { failureLines } from './report.ts';

const fixture = (name: string): URL => new URL(`../fixtures/reference/${name}`, import.meta.url);
const cases = readReference(fixture('torch-cases.json'));

/** Measured: 1.1e-5, where float32 rounds inputs near 1000. */
const single = 2e-5;

async function outcomesOf(file: typeof cases, settings: Settings): Promise<Outcome[]> {
  const all: Outcome[] = [];
  for await (const outcomes of conform(file, settings)) all.push(...outcomes);
  return all;
}

describe('PyTorch', function () {
  this.timeout(120_000);

  it('agrees to 1e-9 on every value and gradient, in Node and in the sandbox', async () => {
    assert.ok(cases.length >= 370);
    assert.deepEqual(failureLines(await outcomesOf(cases, {})), []);
  });

  it('agrees with float32 too, as far as float32 goes', async () => {
    const outcomes = await outcomesOf(cases, { ways: ['node'], dtype: 'float32', tolerance: single });
    assert.deepEqual(failureLines(outcomes), []);
  });

  it('differs at kinks, ties and infinities only where docs/torch-differences.md says so', async () => {
    const page = readFileSync(new URL('../../docs/torch-differences.md', import.meta.url), 'utf8');
    const listed = [...page.matchAll(/^\| `(tie_\w+)`/gm)].map(([, id]) => id!);
    const differing = new Set(
      (await outcomesOf(readReference(fixture('torch-ties.json')), {}))
        .filter((outcome) => !passed(outcome))
        .map((outcome) => outcome.case.id),
    );
    assert.deepEqual([...differing].sort(), listed.sort());
  });
});
