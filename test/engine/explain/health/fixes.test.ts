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
import { applyEdits } from '../../../../engine/source/fixes/index.ts';
import { file } from '../run-text.ts';
import { provedBy } from './mend-numbers.ts';

const folder = new URL('../../../fixtures/health/', import.meta.url);
const sick = readdirSync(folder).filter((name) => name.endsWith('.sick.ts'));

/** What a fix comes to: the finding goes, and the norm of a gradient changes at least by a factor. */
interface Mend {
  readonly rule: RuleId;
  readonly title: string;
  /** Of the smallest parameter gradient, at least this times what it was; of the largest of one that explodes, at most. */
  readonly factor?: number;
  /** The rule's own number (`provedBy`), before and after, to two digits. */
  readonly proof?: readonly [before: number, after: number];
}

const xavierTitle = 'Initialise with a deviation of √(1 / fan-in) (Xavier)';
const heTitle = 'Initialise with a deviation of √(2 / fan-in) (He)';
type Proof = NonNullable<Mend['proof']>;
const leaky = (proof: Proof): Mend => ({ rule: 'dead-relu', title: 'Use leakyRelu in place of relu', proof });
const gelu = (proof: Proof): Mend => ({ rule: 'dead-relu', title: 'Use gelu in place of relu', proof });
const he = (proof: Proof): Mend => ({ rule: 'initial-scale', title: heTitle, proof });
const clip = (factor: number): Mend => ({
  rule: 'exploding-gradient',
  title: 'Clip gradients to a norm of 1 (optim.clipped)',
  factor,
});
const saturated = (title: string, factor: number): Mend => ({ rule: 'saturated-activation', title, factor });
const stable = (proof: Proof): Mend => ({
  rule: 'exp-overflow',
  title: 'Use the function that does not overflow (softplus, logsumexp, softmax)',
  proof,
});
const epsilon = (of: string, before: number): Mend => ({
  rule: 'not-finite',
  title: `Add 1e-6 to what ${of} is taken of`,
  proof: [before, 0],
});
const squeeze = (proof?: Proof): Mend => ({
  rule: 'silent-broadcast',
  title: 'Give both operands the same shape: squeeze(1)',
  ...(proof && { proof }),
});
const rate = (title: string, before: number, after: number): Mend => ({
  rule: 'update-ratio',
  title,
  proof: [before, after],
});
const exploding = (factor: number): Mend => ({ rule: 'exploding-gradient', title: xavierTitle, factor });
const fading = (title: string, factor: number): Mend => ({ rule: 'vanishing-gradient', title, factor });
const reluHe = 'Use relu in place of sigmoid, with He initialisation';
const geluHe = 'Use gelu in place of sigmoid, with He initialisation';
const round = (layers: number): string => `Add a residual connection, each layer divided by ${layers}`;
const layerNorm = 'Normalise what sigmoid gives (layerNorm)';

/** Every fixture that has a fix, and each of its fixes that helps. */
const mends: Readonly<Record<string, readonly Mend[]>> = {
  // Every unit is dead: no element of any parameter gets a gradient.
  'dead-relu.all.sick.ts': [leaky([1, 0])],
  // 3 of 5 channels, each with its kernel, its bias and its row of V. At −50 gelu is as flat as relu: no mend.
  'dead-relu.channels.sick.ts': [leaky([0.6, 0])],
  // 7 of 8 units.
  'dead-relu.sick.ts': [leaky([0.88, 0]), gelu([0.88, 0])],
  'dead-relu.sixty-percent.sick.ts': [leaky([0.6, 0])],
  'dead-relu.transformer.sick.ts': [leaky([1, 0])],
  // 1 / 1e-8, and 1 / (1e-8 + 1e-6).
  'division-near-zero.sick.ts': [{ rule: 'division-near-zero', title: 'Add 1e-6 to the divisor', proof: [1e8, 9.9e5] }],
  'exp-overflow.sick.ts': [stable([84, -Infinity])],
  'exp-overflow.logsumexp.sick.ts': [stable([84, -Infinity])],
  // softmax takes the largest away first: exp(0) is the largest.
  'exp-overflow.softmax.sick.ts': [stable([84, 0])],
  'exp-overflow.softmax-by-hand.sick.ts': [stable([85, 0])],
  'exploding-gradient.deep.sick.ts': [exploding(1e-12), he([31, 1.9])],
  'exploding-gradient.sick.ts': [exploding(1e-20)],
  'exploding-gradient.through-time.sick.ts': [exploding(1e-10)],
  // As the weights see it: clipped to 1.
  'exploding-gradient.trained.sick.ts': [clip(1e-5)],
  'exploding-gradient.unscaled-diverges.sick.ts': [
    clip(1e-5),
    rate('Divide the learning rate by 10000000', 1.9e7, 1.9),
  ],
  'initial-scale.large.sick.ts': [he([68, 2.1])],
  'initial-scale.ones.sick.ts': [he([Infinity, 2.9])],
  'initial-scale.saturates.sick.ts': [
    he([240, 1.9]),
    saturated(xavierTitle, 1.1),
    saturated('Use relu in place of tanh', 40),
  ],
  'initial-scale.small.sick.ts': [he([15000, 2.1])],
  'initial-scale.symmetric.sick.ts': [he([Infinity, 2.4])],
  'initial-scale.zeros.sick.ts': [he([Infinity, 2.9])],
  'log-of-softmax.sick.ts': [{ rule: 'log-of-softmax', title: 'Use logSoftmax' }],
  'not-finite.backward.sick.ts': [epsilon('sqrt', 1)],
  'not-finite.log-of-zero.sick.ts': [epsilon('log', 3)],
  'not-finite.norm-at-zero.sick.ts': [epsilon('sqrt', 7)],
  'not-finite.where.sick.ts': [epsilon('sqrt', 1)],
  'not-finite.zero-log-zero.sick.ts': [epsilon('log', 2)],
  // At zero the derivative of z / (z + 1e-6) is a million: the gradient explodes in place of being NaN.
  'not-finite.zero-over-zero.sick.ts': [],
  'null-gradient.sick.ts': [{ rule: 'null-gradient', title: 'Remove detach()', proof: [1, 0] }],
  'saturated-activation.input-scale.sick.ts': [saturated('Use relu in place of tanh', 1000)],
  'saturated-activation.sick.ts': [saturated(xavierTitle, 1.5), saturated('Use relu in place of tanh', 5)],
  'saturated-activation.sigmoid.sick.ts': [
    he([100, 1.7]),
    saturated(xavierTitle, 1.5),
    saturated('Use relu in place of sigmoid', 10),
  ],
  'sigmoid-then-bce.sick.ts': [{ rule: 'sigmoid-then-bce', title: 'Use bceWithLogits on the logits' }],
  // Each of the two products alone: the other is as wide as before.
  'silent-broadcast.bce.sick.ts': [squeeze(), squeeze()],
  'silent-broadcast.bias.sick.ts': [squeeze([64, 8])],
  'silent-broadcast.sick.ts': [squeeze([25, 5])],
  'update-ratio.adam.sick.ts': [rate('Divide the learning rate by 10000', 16000, 1.6)],
  'update-ratio.sick.ts': [rate('Divide the learning rate by 10000', 15000, 1.5)],
  'update-ratio.slow.sick.ts': [rate('Multiply the learning rate by 100000', 110000, 1.5)],
  'vanishing-gradient.sick.ts': [fading(reluHe, 1e8), fading(geluHe, 1e5), fading(round(30), 1e6)],
  'vanishing-gradient.deep-sigmoid.sick.ts': [
    fading(reluHe, 1e10),
    fading(geluHe, 1e9),
    fading(layerNorm, 1e10),
    fading(round(16), 1e8),
  ],
  'vanishing-gradient.deep-tanh.sick.ts': [
    fading(xavierTitle, 1e12),
    fading('Add a residual connection', 1e14),
    fading(round(20), 1e13),
  ],
  'vanishing-gradient.one-branch.sick.ts': [
    fading(reluHe, 1e8),
    fading(geluHe, 1e7),
    fading(layerNorm, 1e9),
    fading(round(15), 1e7),
  ],
  'vanishing-gradient.scalars.sick.ts': [fading('Use relu in place of sigmoid', 1e12), fading(round(20), 1e12)],
  'vanishing-gradient.small-weights.sick.ts': [fading(xavierTitle, 1e4)],
  // Nothing is left of the gradient of the first layers before.
  'vanishing-gradient.underflow.sick.ts': [fading(round(120), 1e30)],
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
      const helping: { rule: RuleId; title: string; factor: number; proof: readonly number[] | null }[] = [];
      for (const finding of findingsOf(view)) {
        for (const { title, fix } of fixesFor(finding, view)) {
          const fixed = await run(text, fix);
          // A form that is not understood has no edits, and then nothing ran.
          assert.equal(fixed.edits === null, fixed.trace === null, title);
          const trial = fixed.trace && trialOf(finding, view, fixed.trace, {});
          if (!trial?.helps) continue;
          const measure = provedBy[finding.rule];
          const proof = measure
            ? [measure(trace!, trace!.passes[0]!), measure(fixed.trace!, fixed.trace!.passes[0]!)]
            : null;
          helping.push({ rule: finding.rule, title, factor: trial.factor, proof });
        }
      }
      const wanted = mends[name] ?? [];
      const told = (all: readonly Pick<Mend, 'rule' | 'title'>[]): string[] =>
        all.map(({ rule, title }) => `${rule}: ${title}`).sort();
      assert.deepEqual(told(helping), told(wanted));
      for (const { rule, title, factor, proof } of wanted) {
        const found = helping.find((one) => one.rule === rule && one.title === title)!;
        if (factor !== undefined)
          assert.ok(factor < 1 ? found.factor <= factor : found.factor >= factor, `${title}: ${found.factor}`);
        if (proof) assert.deepEqual(found.proof!.map(twoDigits), proof.map(twoDigits), title);
      }
    });
  }

  // PyTorch's bce cuts logarithms off at −100, and log(softmax) is −∞; with logits a thousand times as large both happen.
  for (const name of ['log-of-softmax.sick.ts', 'sigmoid-then-bce.sick.ts']) {
    it(`of ${name} are the same function, and hold where the old form does not`, async () => {
      const text = readFileSync(new URL(name, folder), 'utf8');
      const loss = ({ trace }: RunResult): number => trace!.nodes[trace!.passes[0]!.loss]!.value.statistics.mean;
      const lossWith = async (of: string): Promise<number> => loss(await run(of));
      const before = await run(text);
      const view = new PassView(before.trace!, before.trace!.passes[0]!, 'named');
      const [finding] = findingsOf(view);
      const fixed = applyEdits(text, (await run(text, fixesFor(finding!, view)[0]!.fix)).edits!);
      assert.ok(Math.abs((await lossWith(fixed)) / loss(before) - 1) < 1e-6);
      const [old, now] = [text, fixed].map((one) => one.replace('.matmul(W)', '.matmul(W).mul(1000)'));
      const far = await lossWith(old!);
      assert.ok(!Number.isFinite(far) || far < 0.9 * (await lossWith(now!)), String(far));
      assert.ok(Number.isFinite(await lossWith(now!)));
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

const twoDigits = (value: number): string => (Number.isFinite(value) ? value.toPrecision(2) : String(value));
