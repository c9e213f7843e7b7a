import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { RuleId } from '../../../../engine/analysis/health/finding.ts';
import type { SourceFix } from '../../../../engine/base/source-fix.ts';
import { fixesFor } from '../../../../engine/explain/health/fixes.ts';
import { findingsOf } from '../../../../engine/explain/health/findings.ts';
import { trialOf } from '../../../../engine/explain/health/mended.ts';
import { PassView } from '../../../../engine/explain/pass-view.ts';
import { startRunner } from '../../../../engine/node/runner.ts';
import { type RunRequest, type RunResult, type Runner, defaultBudget } from '../../../../engine/protocol/worker.ts';
import { file } from '../run-text.ts';

const folder = new URL('../../../fixtures/health/', import.meta.url);
const sick = readdirSync(folder).filter((name) => name.endsWith('.sick.ts'));

/** What a fix comes to: the finding goes, and the norm of a gradient changes at least by a factor. */
interface Mend {
  readonly rule: RuleId;
  readonly title: string;
  /** Of the smallest parameter gradient, at least this times what it was; of the largest of one that explodes, at most. */
  readonly factor?: number;
}

const leaky: Mend = { rule: 'dead-relu', title: 'Use leakyRelu in place of relu' };
const gelu: Mend = { rule: 'dead-relu', title: 'Use gelu in place of relu' };
const he: Mend = { rule: 'initial-scale', title: 'Initialise with a deviation of √(2 / fan-in) (He)' };
const xavier = 'Initialise with a deviation of √(1 / fan-in) (Xavier)';
const saturated: Mend = { rule: 'saturated-activation', title: xavier };
const stable: Mend = {
  rule: 'exp-overflow',
  title: 'Use the function that does not overflow (softplus, logsumexp, softmax)',
};
const vanishing = 'vanishing-gradient';

/** Every fixture that has a fix, and each of its fixes that helps. */
const mends: Readonly<Record<string, readonly Mend[]>> = {
  'dead-relu.all.sick.ts': [leaky],
  'dead-relu.sick.ts': [leaky, gelu],
  'division-near-zero.sick.ts': [{ rule: 'division-near-zero', title: 'Add 1e-6 to the divisor' }],
  'exp-overflow.sick.ts': [stable],
  'exp-overflow.logsumexp.sick.ts': [stable],
  'exp-overflow.softmax.sick.ts': [stable],
  'exploding-gradient.sick.ts': [{ rule: 'exploding-gradient', title: xavier, factor: 1e-10 }],
  // As the weights see it: clipped to 1.
  'exploding-gradient.trained.sick.ts': [
    { rule: 'exploding-gradient', title: 'Clip gradients to a norm of 1 (optim.clipped)', factor: 1e-5 },
  ],
  'initial-scale.large.sick.ts': [he],
  'initial-scale.small.sick.ts': [he],
  'initial-scale.symmetric.sick.ts': [he],
  'log-of-softmax.sick.ts': [{ rule: 'log-of-softmax', title: 'Use logSoftmax' }],
  'not-finite.backward.sick.ts': [{ rule: 'not-finite', title: 'Add 1e-6 to what sqrt is taken of' }],
  'not-finite.log-of-zero.sick.ts': [{ rule: 'not-finite', title: 'Add 1e-6 to what log is taken of' }],
  // At zero the derivative of z / (z + 1e-6) is a million: the gradient explodes in place of being NaN.
  'not-finite.zero-over-zero.sick.ts': [],
  'null-gradient.sick.ts': [{ rule: 'null-gradient', title: 'Remove detach()' }],
  'saturated-activation.sick.ts': [
    saturated,
    { rule: 'saturated-activation', title: 'Use relu in place of tanh', factor: 5 },
  ],
  'saturated-activation.sigmoid.sick.ts': [
    he,
    saturated,
    { rule: 'saturated-activation', title: 'Use relu in place of sigmoid', factor: 10 },
  ],
  'sigmoid-then-bce.sick.ts': [{ rule: 'sigmoid-then-bce', title: 'Use bceWithLogits on the logits' }],
  'silent-broadcast.sick.ts': [{ rule: 'silent-broadcast', title: 'Give both operands the same shape: squeeze(1)' }],
  'update-ratio.sick.ts': [{ rule: 'update-ratio', title: 'Divide the learning rate by 10000' }],
  'update-ratio.slow.sick.ts': [{ rule: 'update-ratio', title: 'Multiply the learning rate by 100000' }],
  'vanishing-gradient.sick.ts': [
    { rule: vanishing, title: 'Use relu in place of sigmoid, with He initialisation', factor: 1e8 },
    { rule: vanishing, title: 'Use gelu in place of sigmoid, with He initialisation', factor: 1e5 },
  ],
  'vanishing-gradient.deep-sigmoid.sick.ts': [
    { rule: vanishing, title: 'Use relu in place of sigmoid, with He initialisation', factor: 1e10 },
    { rule: vanishing, title: 'Use gelu in place of sigmoid, with He initialisation', factor: 1e9 },
    { rule: vanishing, title: 'Normalise what sigmoid gives (layerNorm)', factor: 1e10 },
  ],
  'vanishing-gradient.deep-tanh.sick.ts': [
    { rule: vanishing, title: xavier, factor: 1e12 },
    { rule: vanishing, title: 'Add a residual connection', factor: 1e14 },
  ],
  'vanishing-gradient.small-weights.sick.ts': [{ rule: vanishing, title: xavier, factor: 1e4 }],
  // A residual connection makes the gradient 2,000 times larger, and saturates the tanh of later steps: no mend by itself.
  'vanishing-gradient.through-time.sick.ts': [],
};

describe('fixes', function () {
  this.timeout(120_000);
  let runner: Runner;
  before(() => (runner = startRunner({ spare: false })));
  after(() => runner.dispose());

  const run = async (text: string, fix?: SourceFix): Promise<RunResult> => {
    const request: RunRequest = {
      root: tmpdir(),
      entry: file,
      overlays: new Map([[file, text]]),
      budget: { ...defaultBudget, softDeadline: 20_000, hardDeadline: 30_000 },
    };
    return (await runner.run(fix ? { ...request, fix } : request))!;
  };

  for (const name of sick) {
    it(`of ${name}`, async () => {
      const text = readFileSync(new URL(name, folder), 'utf8');
      const { trace } = await run(text);
      const view = new PassView(trace!, trace!.passes[0]!, 'named');
      const helping: { rule: RuleId; title: string; factor: number }[] = [];
      for (const finding of findingsOf(view)) {
        for (const { title, fix } of fixesFor(finding, view)) {
          const fixed = await run(text, fix);
          // A form that is not understood has no edits, and then nothing ran.
          assert.equal(fixed.edits === null, fixed.trace === null, title);
          const trial = fixed.trace && trialOf(finding, view, fixed.trace, {});
          if (trial?.helps) helping.push({ rule: finding.rule, title, factor: trial.factor });
        }
      }
      const wanted = mends[name] ?? [];
      const told = (all: readonly Mend[]): string[] => all.map(({ rule, title }) => `${rule}: ${title}`).sort();
      assert.deepEqual(told(helping), told(wanted));
      for (const { rule, title, factor } of wanted) {
        if (factor === undefined) continue;
        const found = helping.find((one) => one.rule === rule && one.title === title)!.factor;
        assert.ok(factor < 1 ? found <= factor : found >= factor, `${title}: ${found}`);
      }
    });
  }

  it('of models that are healthy are none', async () => {
    for (const name of readdirSync(folder).filter((one) => one.startsWith('vanishing') && one.includes('healthy'))) {
      const { trace } = await run(readFileSync(new URL(name, folder), 'utf8'));
      const view = new PassView(trace!, trace!.passes[0]!, 'named');
      assert.deepEqual(
        findingsOf(view).flatMap((finding) => fixesFor(finding, view)),
        [],
      );
    }
  });
});
