import assert from 'node:assert/strict';
import type { RuleId } from '../../../../engine/analysis/health/finding.ts';
import { type Thresholds, defaultThresholds, thresholdNames } from '../../../../engine/analysis/thresholds.ts';
import { findingsOf } from '../../../../engine/explain/health/findings.ts';
import { PassView } from '../../../../engine/explain/pass-view.ts';
import { TextRunner } from '../run-text.ts';

interface Bound {
  readonly rule: RuleId;
  /** The setting that holds it; what is no setting says in words what it bounds. */
  readonly of: keyof Thresholds | { readonly words: string; readonly bound: number };
  /** On which side of the bound it is sick. */
  readonly sick: 'above' | 'below';
  /** What the finding's evidence calls the quantity, where it tells it. */
  readonly evidence?: string;
  /** A model of which the measured quantity is this. */
  readonly model: (quantity: number) => string;
  /** What the quantity is to be on either side where a hundredth does not do; a count comes in whole numbers. */
  readonly sides?: readonly [below: number, above: number];
  readonly losses?: (quantity: number) => readonly number[];
}

const imports = "import { full, input, model, optim, param } from 'retrograd';\n";
const program = (lines: readonly string[], loss: string, settings = ''): string =>
  `${imports}${lines.join('\n')}\nexport const m = model(() => ${loss}${settings});\n`;

/** y = ((w·1)·c)·v with v = 1: ∂y/∂w = c, beside ∂y/∂y = 1 at the output nearest to the loss; then times k. */
const chain = (w: number, c: number, k = 1): string =>
  program([`const w = param(${w}), v = param(1);`], `w.mul(input(1)).mul(input(${c})).mul(v).mul(${k})`);

/** Elements of a layer of tanh that another follows: so many at x = level, the others at 0.1. */
const tanhs = (count: number, of: number, level: number): string => {
  const x = Array.from({ length: of }, (_, i) => (i < count ? Math.atanh(level) : 0.1));
  const v = x.map((_, i) => (((i % 7) + 1) / 100) * (i % 2 === 0 ? 1 : -1));
  return program(
    [`const x = param([${JSON.stringify(x)}]);`, `const V = param(${JSON.stringify(v.map((one) => [one]))});`],
    'x.tanh().matmul(V).sum()',
  );
};

/** A layer of relu on 1 and −1 by turns: units with a bias of −3 are dead, all others on for half of the samples. */
const relus = (dead: number, of: number, samples: number): string => {
  const column = (make: (i: number) => number): string => JSON.stringify(Array.from({ length: of }, (_, i) => make(i)));
  const X = Array.from({ length: samples }, (_, i) => [i % 2 === 0 ? 1 : -1]);
  return program(
    [
      `const W = param([${column((i) => 1 + i / 1000)}]), b = param(${column((i) => (i < dead ? -3 : 0))});`,
      `const V = param(${column((i) => ((i % 5) + 1) / 100)});`,
    ],
    `input(${JSON.stringify(X)}).matmul(W).add(b).relu().mul(V).sum(1).sub(1).square().mean()`,
  );
};

/** One input of 1 through weights [a, b]: their mean square is that of the output over that of the input. */
const gain = (g: number): string =>
  program(
    [`const W = param([[${Math.sqrt(1.5 * g)}, ${Math.sqrt(0.5 * g)}]]), V = param([[0.3], [0.2]]);`],
    'input([[1]]).matmul(W).matmul(V).sum()',
  );

/** W = (3, 4) of norm 5, and ∂L/∂W = (3, 4) as well: a step of sgd moves it by lr of its norm. The loss falls from 125 by 25·lr. */
const step = (lr: number): string =>
  program(
    ["const W = param([[3, 4]], { dtype: 'float64' });"],
    "W.mul(input([[3, 4]], { dtype: 'float64' })).sum().add(100)",
    `, { optimizer: optim.sgd({ lr: ${lr} }) }`,
  );

const bounds: readonly Bound[] = [
  // ∂y/∂w = c; the ratio is the same, far below 1e-3.
  {
    rule: 'vanishing-gradient',
    of: 'vanishingNorm',
    sick: 'below',
    evidence: 'norm',
    model: (norm) => chain(100, norm),
  },
  // ∂y/∂w = 0.05·c and ∂y/∂(output) = 0.05: their ratio is c, the norm 5e-5.
  {
    rule: 'vanishing-gradient',
    of: 'vanishingRatio',
    sick: 'below',
    evidence: 'ratio',
    model: (ratio) => chain(100, ratio, 0.05),
  },
  // One of 2,000 elements has the gradient 2000·mean ≈ 2e-4, which is above the norm's bound, and the others 0.
  {
    rule: 'vanishing-gradient',
    of: 'vanishingMean',
    sick: 'below',
    evidence: 'meanGradient',
    model: (mean) =>
      program(
        [
          'const w = param(full([2000], 100)), v = param(1);',
          `const C = Array.from({ length: 2000 }, (_, i) => (i === 0 ? ${2000 * mean} : 0));`,
        ],
        'w.mul(input(C)).sum().mul(v)',
      ),
  },
  // ∂(c·w)/∂w = c. A number that multiplies by more than a thousand is no scale of data.
  {
    rule: 'exploding-gradient',
    of: 'explodingNorm',
    sick: 'above',
    evidence: 'norm',
    model: (norm) => program(['const w = param(1);'], `w.mul(input(${norm}))`),
  },
  // ∂y/∂(w·1) = c, beside 1 at the output.
  {
    rule: 'exploding-gradient',
    of: 'explodingRatio',
    sick: 'above',
    evidence: 'growth',
    model: (growth) => chain(0.01, growth),
  },
  {
    rule: 'dead-relu',
    of: 'deadUnits',
    sick: 'above',
    evidence: 'share',
    model: (share) => relus(Math.round(share * 200), 200, 32),
  },
  // With fewer than 32 samples half as many again of what may live.
  {
    rule: 'dead-relu',
    of: { words: 'dead units of few samples', bound: 0.75 },
    sick: 'above',
    evidence: 'share',
    model: (share) => relus(Math.round(share * 400), 400, 31),
  },
  { rule: 'saturated-activation', of: 'saturatedLevel', sick: 'above', model: (level) => tanhs(10, 10, level) },
  {
    rule: 'saturated-activation',
    of: 'saturatedShare',
    sick: 'above',
    evidence: 'share',
    model: (share) => tanhs(Math.round(share * 200), 200, 0.99),
  },
  { rule: 'update-ratio', of: 'updateRatioMost', sick: 'above', evidence: 'ratio', model: step },
  { rule: 'update-ratio', of: 'updateRatioLeast', sick: 'below', evidence: 'ratio', model: step },
  { rule: 'initial-scale', of: 'initialGainMost', sick: 'above', evidence: 'gain', model: gain },
  { rule: 'initial-scale', of: 'initialGainLeast', sick: 'below', evidence: 'gain', model: gain },
  // Fifty steps at 100, then fifty that are lower by the share.
  {
    rule: 'loss-not-falling',
    of: 'lossFall',
    sick: 'below',
    evidence: 'fall',
    model: () => chain(1, 1),
    losses: (fall) => Array.from({ length: 100 }, (_, i) => (i < 50 ? 100 : 100 * (1 - fall))),
  },
  // It takes twice as many steps to tell: 99 are too few.
  {
    rule: 'loss-not-falling',
    of: 'lossPatience',
    sick: 'above',
    model: () => chain(1, 1),
    sides: [49.5, 50],
    losses: (patience) => Array.from({ length: 2 * patience }, () => 100),
  },
  // 1e12 / w, whose derivative there is −1e12 / w² = −1.
  {
    rule: 'division-near-zero',
    of: 'nearZero',
    sick: 'below',
    model: (share) => program([`const w = param(${1e12 * share});`], 'input(1e12).div(w)'),
  },
  // The largest number of float32 is exp(88.72); from nine tenths of that it is told. Divided by what it is, nothing else is large.
  {
    rule: 'exp-overflow',
    of: { words: 'nine tenths of the largest exponent', bound: 0.9 * 88.72 },
    sick: 'above',
    evidence: 'largest',
    model: (x) => program([`const w = param(${x});`], 'w.exp().log()'),
  },
];

describe('health, a hundredth on either side of each bound', function () {
  this.timeout(60_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  for (const { rule, of, sick, evidence, model, sides, losses } of bounds) {
    const bound = typeof of === 'string' ? defaultThresholds[of] : of.bound;
    const [below, above] = sides ?? [0.99 * bound, 1.01 * bound];
    for (const [side, quantity] of [
      ['below', below],
      ['above', above],
    ] as const) {
      it(`${rule}: ${typeof of === 'string' ? of : of.words} ${Number(quantity.toPrecision(6))} is ${side === sick ? 'sick' : 'healthy'}`, async () => {
        const trace = await runner.trace(model(quantity));
        const findings = trace.passes.flatMap((pass) =>
          findingsOf(new PassView(trace, pass, 'named'), losses ? { losses: losses(quantity) } : {}),
        );
        assert.deepEqual(
          findings.map((one) => one.rule),
          side === sick ? [rule] : [],
          findings.map(({ message }) => message).join('; '),
        );
        if (side !== sick || evidence === undefined) return;
        const measured = Number(findings[0]!.evidence[evidence]);
        // Beside the rounding of float32.
        assert.ok(Math.abs(measured / quantity - 1) < 1e-5, `${evidence} is ${measured}`);
      });
    }
  }

  it('leaves out no bound', () => {
    const tried = new Set(bounds.map(({ of }) => of));
    assert.deepEqual(
      thresholdNames.filter((name) => !tried.has(name)),
      [],
    );
  });
});
