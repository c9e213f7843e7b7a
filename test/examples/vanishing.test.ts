import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingsInPasses, fixesFor } from '../../engine/explain/health/fixes.ts';
import type { CheckReport } from '../../engine/explain/health/report.ts';
import { FixTrials, type TriedFix } from '../../engine/workers/runs/fix-trials.ts';
import type { ModulePath } from '../../engine/base/brand.ts';
import { startRunner } from '../../engine/node/runner.ts';
import { defaultBudget } from '../../engine/protocol/worker.ts';
import { retrograd, root } from './command-line.ts';
import { traceOf } from './documents.ts';
import { gradient, near, sigmoid, value } from './numbers.ts';
import { type Matrix, each, matrix, norm, product, transposed } from './plain-layers.ts';

const example = 'vanishing';
const file = `examples/${example}.ts`;
const text = readFileSync(join(root, file), 'utf8');
const lineOf = (part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

const depth = 30;
const width = 16;

/** How one layer computes, and what it does to a gradient that arrives: from h and z to the gradient of z, and past the layer. */
interface Layer {
  readonly forward: (h: Matrix, z: Matrix) => number[][];
  readonly slope: (z: number) => number;
  /** Whether h goes round the layer too. */
  readonly round: boolean;
}

const slopeOfSigmoid = (z: number): number => sigmoid(z) * (1 - sigmoid(z));
const layers: readonly Layer[] = [
  { forward: (_h, z) => each(sigmoid, z), slope: slopeOfSigmoid, round: false },
  { forward: (_h, z) => each((x) => Math.max(0, x), z), slope: (z) => (z > 0 ? 1 : 0), round: false },
  {
    forward: (h, z) => each((x, y) => x + sigmoid(y) / depth, h, z),
    slope: (z) => slopeOfSigmoid(z) / depth,
    round: true,
  },
];
const weightsOf = ['W', 'heW', 'roundW'];
const headOf = ['head', 'heHead', 'roundHead'];

/** Backpropagation by hand, in float64: ∂loss/∂Wᵢ = hᵢᵀ·δᵢ with δᵢ = gᵢ₊₁ ⊙ φ′(zᵢ), gᵢ = δᵢ·Wᵢᵀ (+ gᵢ₊₁ on the way round). */
function byHand(model: number): { loss: number; gradients: number[][][] } {
  const { forward, slope, round } = layers[model]!;
  const W = Array.from({ length: depth }, (_, i) => matrix(value(example, `${weightsOf[model]!}[${i}]`, model), width));
  const head = matrix(value(example, headOf[model]!, model), 1);
  const samples: Matrix = matrix(value(example, 'X', model), width);
  const answers = samples.map(([first, second]) => [first! > second! ? 1 : 0]);
  const h = [samples];
  const z = W.map((Wi) => {
    const zi = product(h.at(-1)!, Wi);
    h.push(forward(h.at(-1)!, zi));
    return zi;
  });
  const logits = product(h.at(-1)!, head);
  const losses = each((x, t) => Math.log1p(Math.exp(x)) - t * x, logits, answers).flat();
  let g = product(
    each((x, t) => (sigmoid(x) - t) / samples.length, logits, answers),
    transposed(head),
  );
  const gradients: number[][][] = [];
  for (let i = depth - 1; i >= 0; i--) {
    const delta = each((up, zi) => up * slope(zi), g, z[i]!);
    gradients[i] = product(transposed(h[i]!), delta);
    const through = product(delta, transposed(W[i]!));
    g = round ? each((a, b) => a + b, g, through) : through;
  }
  return { loss: losses.reduce((sum, x) => sum + x, 0) / losses.length, gradients };
}

describe('vanishing', function () {
  this.timeout(60_000);
  const findings = (options: readonly string[] = []): CheckReport['findings'] => {
    const { out } = retrograd(['check', file, '--format', 'json', '--no-gradients', ...options]);
    return (JSON.parse(out) as CheckReport).findings;
  };

  for (const [model, name] of ['sigmoids', 'rectified', 'residual'].entries())
    it(`has the gradients of backpropagation by hand, in float64: ${name}`, () => {
      const { loss, gradients } = byHand(model);
      near(value(example, 'loss', model)[0], loss);
      for (const [i, expected] of gradients.entries()) {
        const found = matrix(gradient(example, `${weightsOf[model]!}[${i}]`, model), width);
        const off = norm(each((a, b) => a - b, found, expected)) / norm(expected);
        assert.ok(off < 1e-4, `layer ${i}: ${off}`);
      }
    });

  it('loses a factor of four and more in each sigmoid, and keeps the gradient where the others are', () => {
    const decades = [0, 1, 2].map((model) => {
      const { gradients } = byHand(model);
      return Math.log10(norm(gradients[1]!) / norm(gradients[depth - 1]!));
    });
    // σ′ ≤ 1/4, 28 times: at least 16.9 decades, if W neither shrinks nor enlarges.
    assert.ok(decades[0]! < -28 * Math.log10(4), String(decades));
    assert.ok(Math.abs(decades[1]!) < 1.5 && Math.abs(decades[2]!) < 1.5, String(decades));
  });

  it('is told where the sigmoid stands, and of no other model', () => {
    // That its steps are tiny too goes without saying.
    const [found, ...others] = findings();
    assert.deepEqual(others, []);
    assert.equal(found!.rule, 'vanishing-gradient');
    assert.deepEqual([found!.model, found!.line], ['sigmoids', lineOf('z.sigmoid()')]);
    assert.match(found!.message, /18\.1 of 20\.4 decades are lost in σ′\(z\), line \d+, over its 29 repetitions/);
    const { gradients } = byHand(0);
    near(found!.evidence['norm'], norm(gradients[1]!), 'norm', 1e-4);
    // All decades from the loss, whose gradient is 1, to the parameter.
    near(found!.evidence['ofDecades'], -Math.log10(norm(gradients[1]!)), 'decades', 0.03);
  });

  it('is mended by relu with He initialisation, a way round each layer or normalisation, as a run shows', async () => {
    const trace = traceOf(example);
    const entry = `${example}.ts` as ModulePath;
    const budget = { ...defaultBudget, softDeadline: 20_000, hardDeadline: 30_000 };
    const trials = new FixTrials(
      () => ({ root: join(root, 'examples'), entry, overlays: new Map(), budget }),
      () => startRunner({ spare: false }),
    );
    const tried: TriedFix[] = [];
    const { finding, view } = findingsInPasses(trace, {}).find(
      ({ finding: { rule } }) => rule === 'vanishing-gradient',
    )!;
    for (const offer of fixesFor(finding, view)) {
      const one = await trials.try(offer, finding, view, {});
      if (one?.trial.helps) tried.push(one);
    }
    trials.dispose();
    assert.deepEqual(
      tried.map(({ title }) => title),
      [
        'Use relu in place of sigmoid, with He initialisation',
        'Add a residual connection, each layer divided by 30',
        'Normalise what sigmoid gives (layerNorm)',
      ],
    );
    // The smallest gradient was about 1e-20; now it is about as large as that of the model that is written so.
    for (const { trial } of tried) assert.ok(trial.gone && trial.factor > 1e15, String(trial.factor));
  });
});

describe('vanishing, trained in plain Node', () => {
  it('learns nothing by sigmoids, and something by the others', async () => {
    const models = (await import(join(root, file))) as Record<string, { train(): number[] }>;
    const [sigmoids, rectified, residual] = ['sigmoids', 'rectified', 'residual'].map((name) => models[name]!.train());
    // All that the head can learn is how many answers are 1: the entropy of their share, 0.6853 for 14 of 32.
    const share = 14 / 32;
    const entropy = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
    near(sigmoids!.at(-1), entropy, 'sigmoids', 1e-4);
    assert.ok(rectified![0]! > 0.69 && rectified!.at(-1)! < 0.45, `rectified ${rectified!.at(-1)!}`);
    assert.ok(residual![0]! > 1.1 && residual!.at(-1)! < 0.15, `residual ${residual!.at(-1)!}`);
  });
});
