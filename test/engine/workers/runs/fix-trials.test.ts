import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import {
  type FindingInPass,
  findingsInPasses,
  fixEverywhere,
  fixesFor,
} from '../../../../engine/explain/health/fixes.ts';
import { FixTrials, type TriedFix } from '../../../../engine/workers/runs/fix-trials.ts';
import { startRunner } from '../../../../engine/node/runner.ts';
import { type RunRequest, defaultBudget } from '../../../../engine/protocol/worker.ts';
import { applyEdits } from '../../../../engine/source/fixes/index.ts';
import { file } from '../../explain/run-text.ts';

const text = `import { bce, input, model, param, randn } from 'retrograd';
const W = param(randn([4, 1], { seed: 1 }));
const x = input(randn([2, 4], { seed: 2 }));
export const net = model(() => bce(x.matmul(W).sigmoid(), input([[1], [0]])).add(bce(x.matmul(W).neg().sigmoid(), input([[0], [1]]))));
`;

const program = (overlay: string): RunRequest => ({
  root: tmpdir(),
  entry: file,
  overlays: new Map([[file, overlay]]),
  budget: { ...defaultBudget, softDeadline: 20_000, hardDeadline: 30_000 },
});

const never = (): never => assert.fail('Nothing may be started.');

describe('trials of fixes', function () {
  this.timeout(60_000);
  let findings: readonly FindingInPass[];
  before(async () => {
    const runner = startRunner({ spare: false });
    const { trace } = (await runner.run(program(text)))!;
    runner.dispose();
    findings = findingsInPasses(trace!, {});
  });

  const tryFirst = (trials: FixTrials): Promise<TriedFix | null> => {
    const { finding, view } = findings[0]!;
    return trials.try(fixesFor(finding, view)[0]!, finding, view, {});
  };

  it('run nothing while nothing may run', async () => {
    const trials = new FixTrials(() => null, never);
    assert.equal(await tryFirst(trials), null);
    trials.dispose();
  });

  it('run nothing once the permission is withdrawn, or another file is live, while they wait', async () => {
    for (const then of [null, { ...program(text), entry: 'other.ts' as typeof file }]) {
      let now: RunRequest | null = program(text);
      const trials = new FixTrials(() => now, never);
      const tried = tryFirst(trials);
      now = then;
      assert.equal(await tried, null);
      trials.dispose();
    }
  });

  it('try a fix once for a text, whatever was typed since', async () => {
    let asked = 0;
    const trials = new FixTrials(
      () => (asked++, program('const typed = since;')),
      () => startRunner({ spare: false }),
    );
    const [first, again] = [tryFirst(trials), tryFirst(trials)];
    assert.equal(first, again);
    const tried = (await first)!;
    // One of the two findings goes.
    assert.ok(tried.trial.gone && tried.trial.helps);
    assert.equal(
      applyEdits(text, tried.edits),
      text
        .replace('{ bce, input', '{ bce, bceWithLogits, input')
        .replace('bce(x.matmul(W).sigmoid()', 'bceWithLogits(x.matmul(W)'),
    );
    const before = asked;
    assert.equal(await tryFirst(trials), tried);
    assert.equal(asked, before + 1, 'the permission is looked at, and nothing runs');
    trials.dispose();
  });

  it('offer no fix of all findings where there is one', () => {
    assert.equal(fixEverywhere(findings.slice(0, 1)), null);
  });

  it('try a fix of all findings of a rule at once', async () => {
    const trials = new FixTrials(
      () => program(text),
      () => startRunner({ spare: false }),
    );
    const { finding, view } = findings[0]!;
    const tried = (await trials.try(fixEverywhere(findings)!, finding, view, {}))!;
    assert.equal(tried.title, 'Use bceWithLogits on the logits: everywhere in this file');
    assert.equal(
      applyEdits(text, tried.edits),
      text.replace('{ bce,', '{ bceWithLogits,').replaceAll('bce(', 'bceWithLogits(').replaceAll('.sigmoid()', ''),
    );
    trials.dispose();
  });
});
