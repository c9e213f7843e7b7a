import assert from 'node:assert/strict';
import { blockAlgebra } from '../../../engine/autograd/block.ts';
import { formulaText } from '../../../engine/explain/formula.ts';
import { PassView } from '../../../engine/explain/pass-view.ts';
import { TextRunner } from '../explain/run-text.ts';
import { evaluateFormula } from './evaluate-formula.ts';

const head = `import * as rg from 'retrograd';
import { model, param, randn, setDefaultDtype } from 'retrograd';
setDefaultDtype('float64');
const A = param(randn([3, 4], { seed: 1 }));
const B = param(randn([4, 2], { seed: 2 }));
const C = param(randn([3, 4], { seed: 3 }));
const r = param(randn([4], { seed: 4 }));
const s = param(1.3);
const P = param(rg.rand([3, 4], { seed: 5 }));
const Q = param(randn([2, 3, 4], { seed: 6 }));
const images = param(randn([1, 2, 5, 5], { seed: 7 }));
const filters = param(randn([3, 2, 3, 3], { seed: 8 }));
`;

/**
 * What a model makes of its parameters; each is its loss' only term, weighted so that no upstream gradient is constant.
 * The text, where there is one, is the formula by the first parameter named, worked out on paper.
 */
const cases: readonly (readonly [made: string, by: string, formula: string | null])[] = [
  ['rg.softmax(A)', 'A', 'y ⊙ (∂L/∂y − Σ ∂L/∂y ⊙ y)'],
  ['rg.softmax(A, 0)', 'A', 'y ⊙ (∂L/∂y − Σ ∂L/∂y ⊙ y)'],
  ['rg.logSoftmax(A)', 'A', '∂L/∂y − exp(y) ⊙ (Σ ∂L/∂y)'],
  ['rg.crossEntropy(A, [0, 3, 1])', 'A', '∂L/∂y·(softmax(A) − onehot(target)) / 3'],
  ["rg.crossEntropy(A, [0, 3, 1], { reduction: 'sum' })", 'A', '∂L/∂y·(softmax(A) − onehot(target))'],
  ["rg.crossEntropy(A, [0, 3, 1], { reduction: 'none' })", 'A', '∂L/∂y ⊙ (softmax(A) − onehot(target))'],
  ['rg.crossEntropy(r, 2)', 'r', '∂L/∂y·(softmax(r) − onehot(target))'],
  [
    'rg.crossEntropy(A, [0, 3, 1], { labelSmoothing: 0.1 })',
    'A',
    '∂L/∂y·(softmax(A) − 0.9·onehot(target) − 0.025) / 3',
  ],
  ['rg.nllLoss(A, [0, 3, 1])', 'A', '−∂L/∂y·onehot(target) / 3'],
  ['rg.mseLoss(A, C)', 'A', '2·∂L/∂y·(A − C) / 12'],
  ['rg.mseLoss(A, r)', 'r', '−2·(Σ ∂L/∂y·(A − r)) / 12'],
  ["rg.mseLoss(A, C, { reduction: 'none' })", 'A', '2·(A − C)'],
  ['rg.l1Loss(A, C)', 'A', '∂L/∂y·sign(A − C) / 12'],
  ['rg.huberLoss(A, C, { delta: 0.7 })', 'A', '∂L/∂y·([|A − C| ≤ 0.7] ? A − C : 0.7·sign(A − C)) / 12'],
  ['rg.smoothL1Loss(A, C, { beta: 2 })', 'C', '−∂L/∂y·([|A − C| < 2] ? (A − C) / 2 : sign(A − C)) / 12'],
  ['rg.bce(P, [[0, 1, 1, 0], [1, 1, 0, 0], [0, 0, 0, 1]])', 'P', null],
  ['rg.bceWithLogits(A, P)', 'A', '∂L/∂y·(σ(A) − P) / 12'],
  ['rg.bceWithLogits(A, r)', 'r', '−(Σ ∂L/∂y·A) / 12'],
  ['rg.klDiv(A, P)', 'A', '−∂L/∂y·P / 12'],
  [
    'rg.layerNorm(A, 4, r, C.sum(0))',
    'A',
    '(ĝ − mean(ĝ) − ẑ ⊙ mean(ĝ ⊙ ẑ)) / ŝ where ĝ = ∂L/∂y ⊙ r, ẑ = (A − mean(A)) / ŝ, ŝ = √(mean((A − mean(A))²) + 0.00001)',
  ],
  [
    'rg.layerNorm(A, 4)',
    'A',
    '(∂L/∂y − mean(∂L/∂y) − ẑ ⊙ mean(∂L/∂y ⊙ ẑ)) / ŝ where ẑ = (A − mean(A)) / ŝ, ŝ = √(mean((A − mean(A))²) + 0.00001)',
  ],
  ['rg.layerNorm(A, 4, r, r)', 'r', null],
  ['rg.batchNorm(A, r, r)', 'A', null],
  ['rg.batchNorm(images.detach().mul(s), [1, 2], [0, 1])', 's', null],
  ['rg.groupNorm(images, 2)', 'images', null],
  ['rg.dropout(A, 0.25, { seed: 3 })', 'A', '[kept] / 0.75'],
  ['rg.normalize(A)', 'A', null],
  ['rg.cosineSimilarity(A, C)', 'A', null],
  ['A.matmul(B)', 'A', '∂L/∂y · Bᵀ'],
  ['A.matmul(B)', 'B', 'Aᵀ · ∂L/∂y'],
  ['Q.matmul(B)', 'B', null],
  ['Q.matmul(B)', 'Q', '∂L/∂y · Bᵀ'],
  ['A.mul(2).add(r).tanh().matmul(B)', 'r', 'Σ (∂L/∂y · Bᵀ) ⊙ (1 − tanh(2·A + r)²)'],
  ['A.mul(r)', 'A', 'r'],
  ['A.mul(r)', 'r', 'Σ ∂L/∂y ⊙ A'],
  ['A.div(s)', 's', '−(Σ ∂L/∂y ⊙ y / s)'],
  ['A.mean(1)', 'A', null],
  ['A.sum()', 'A', null],
  ['A.sub(C).square().mean()', 'A', '2·∂L/∂y·(A − C) / 12'],
  ['A.sub(C).square().mean().sqrt()', 'A', '2·∂L/∂y·(A − C) / (24·y)'],
  ['A.mul(C).sum().div(A.detach().sum())', 'C', '∂L/∂y·A / (Σ A)'],
  ['A.max(1)', 'A', null],
  ['A.prod(1)', 'A', null],
  ['A.norm()', 'A', null],
  ['A.variance(1)', 'A', null],
  ['A.logsumexp(1)', 'A', null],
  ['A.mT.add(1)', 'A', null],
  ['A.reshape([2, 6]).sin()', 'A', null],
  ['Q.permute([2, 0, 1])', 'Q', null],
  ['A.slice(1, 1, 3)', 'A', null],
  ['rg.cat([A, C], 1)', 'C', null],
  ['A.cumsum(1)', 'A', null],
  ['A.flip([1])', 'A', null],
  ['r.expand([3, 4])', 'r', null],
  ['rg.conv2d(images, filters, null, { padding: 1 })', 'filters', null],
  ['rg.conv2d(images, filters)', 'images', null],
  ['rg.maxPool2d(images, 2)', 'images', null],
  ['rg.avgPool2d(images, 2)', 'images', null],
  ['A.leakyRelu(0.2)', 'A', null],
  ['A.gelu()', 'A', null],
  ['A.clamp(-0.5, 0.5)', 'A', null],
  ['A.mul(2).leakyRelu(0.2).square()', 'A', null],
];

describe('formulas of a run', () => {
  const runner = new TextRunner();
  after(() => runner.dispose());

  const view = async (made: string): Promise<PassView> => {
    const text = `${head}export const m = model(() => {
  const y = ${made};
  const weights = randn(y.shape, { seed: 9 });
  return y.mul(weights).sin().sum();
});\n`;
    const { trace, problems } = await runner.run(text);
    assert.deepEqual(problems, []);
    return new PassView(trace!, trace!.passes[0]!, 'named');
  };

  for (const [made, by, formula] of cases) {
    it(`of ${made} by ${by} say what the tape did${formula === null ? '' : `: ${formula}`}`, async () => {
      const shown = await view(made);
      const { chains, graph, names } = shown;
      const edge = chains.edge(names.find(by)!, names.find('y')!)!;
      if (formula !== null) assert.equal(formulaText(edge, shown), formula);
      if (edge.local.formula === null) return;
      const { ops } = chains.fold(edge.through);
      const got = evaluateFormula(graph, edge, ops.length === 1 ? ops[0]! : null);
      const upstream = { data: graph.pass.gradients.get(edge.through)!.data!, shape: graph.node(edge.through).shape };
      const whole =
        edge.local.kind === 'matrix' ? got : blockAlgebra.apply('mul', [got, { ...upstream, dtype: 'float64' }]);
      const wanted = edge.contribution!;
      assert.ok(whole.data.length === wanted.length || whole.data.length === 1, `${whole.data.length} numbers`);
      wanted.forEach((number, i) => {
        const found = whole.data[whole.data.length === 1 ? 0 : i]!;
        assert.ok(close(found, number), `${i}: ${found}, not ${number}`);
      });
      if (edge.local.value) assert.ok(edge.local.value.every((x, i) => close(x * upstream.data[i]!, wanted[i]!)));
    });
  }

  it('leave out the ones that a mean or a sum passes on, where a factor has their shape', async () => {
    const formulaOf = async (loss: string, by: string): Promise<string> => {
      const trace = await runner.trace(
        `${head}export const m = model(() => {\n  const L = ${loss};\n  return L;\n});\n`,
      );
      const shown = new PassView(trace, trace.passes[0]!, 'named');
      return formulaText(shown.chains.edge(shown.names.find(by)!, shown.names.find('L')!)!, shown);
    };
    assert.equal(await formulaOf('A.mul(C).mean()', 'A'), 'C / 12');
    assert.equal(await formulaOf('A.mul(C).sum().div(C.detach().sum())', 'A'), 'C / (Σ C)');
    // r has the shape [4]: it is repeated, and the sum over the repetitions stands.
    assert.equal(await formulaOf('A.mul(r).mean()', 'r'), '(Σ A) / 12');
    assert.equal(await formulaOf('A.mul(r).mean()', 'A'), 'r / 12');
  });

  it('that nobody would read open into their parts, and say so', async () => {
    const silent: string[] = [];
    for (const [made, by] of cases) {
      const shown = await view(made);
      const edge = shown.chains.edge(shown.names.find(by)!, shown.names.find('y')!)!;
      if (edge.local.formula === null) silent.push(`${made}: ${formulaText(edge, shown)}`);
    }
    assert.deepEqual(silent, [
      'rg.groupNorm(images, 2): 9 ops (reshape, mean, sub, square, add, …): open it to see each',
      'rg.cosineSimilarity(A, C): 8 ops (norm, clamp, div, mul, sum): open it to see each',
    ]);
  });
});

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
