import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckReport } from '../../engine/explain/health/report.ts';
import { TextRunner } from '../engine/explain/run-text.ts';
import { retrograd, root } from './command-line.ts';
import { opsBehind } from './documents.ts';
import { near, sum, value } from './numbers.ts';
import { type Matrix, each, matrix, product, transposed } from './plain-layers.ts';
import { type Weights, agreesWithSlopes } from './slopes.ts';

const example = 'transformer-block';
const [length, symbols, width, heads] = [6, 6, 16, 2];
const names = [
  'symbolsIn.weight',
  'places',
  ...['inProjWeight', 'inProjBias', 'outProj.weight', 'outProj.bias'].map((name) => `selfAttn.${name}`),
  ...['linear1', 'linear2', 'norm1', 'norm2', 'symbolsOut'].flatMap((layer) => [`${layer}.weight`, `${layer}.bias`]),
];

const added = (...all: readonly Matrix[]): number[][] => each((...x) => sum(x), ...all);
/** x·Wᵀ + b, with W as PyTorch has it, [out, in]. */
const linear = (x: Matrix, weight: readonly number[], bias: readonly number[]): number[][] =>
  product(x, transposed(matrix(weight, weight.length / bias.length))).map((row) => row.map((z, j) => z + bias[j]!));
const columns = (x: Matrix, from: number, to: number): number[][] => x.map((row) => row.slice(from, to));

/** (x − μ) / √(σ² + 10⁻⁵) of each row, times γ, plus β. */
const normalised = (x: Matrix, gamma: readonly number[], beta: readonly number[]): number[][] =>
  x.map((row) => {
    const mean = sum(row) / width;
    const deviation = Math.sqrt(sum(row.map((one) => (one - mean) ** 2)) / width + 1e-5);
    return row.map((one, j) => ((one - mean) / deviation) * gamma[j]! + beta[j]!);
  });

const softmax = (row: readonly number[]): number[] => {
  const powers = row.map(Math.exp);
  return powers.map((power) => power / sum(powers));
};

/** softmax(Q·Kᵀ / √d)·V in each head, side by side, through one more layer (Vaswani et al. 2017, equation 1). */
function attention(x: Matrix, of: Weights): number[][] {
  const all = linear(x, of('selfAttn.inProjWeight'), of('selfAttn.inProjBias'));
  const d = width / heads;
  const joined = Array.from({ length: heads }, (_, head) => {
    const [Q, K, V] = [0, 1, 2].map((part) => columns(all, part * width + head * d, part * width + (head + 1) * d));
    const scores = each((score) => score / Math.sqrt(d), product(Q!, transposed(K!)));
    return product(scores.map(softmax), V!);
  });
  const sideBySide = x.map((_, i) => joined.flatMap((one) => one[i]!));
  return linear(sideBySide, of('selfAttn.outProj.weight'), of('selfAttn.outProj.bias'));
}

function loss(tokens: Matrix, of: Weights): number {
  const embedding = matrix(of('symbolsIn.weight'), width);
  const losses = tokens.map((sequence) => {
    const x = added(
      sequence.map((symbol) => embedding[symbol]!),
      matrix(of('places'), width),
    );
    const attended = added(x, attention(normalised(x, of('norm1.weight'), of('norm1.bias')), of));
    const read = normalised(attended, of('norm2.weight'), of('norm2.bias'));
    const hidden = each((z) => Math.max(0, z), linear(read, of('linear1.weight'), of('linear1.bias')));
    const y = added(attended, linear(hidden, of('linear2.weight'), of('linear2.bias')));
    const scores = linear(y, of('symbolsOut.weight'), of('symbolsOut.bias'));
    return sum(scores.map((row, i) => Math.log(sum(row.map(Math.exp))) - row[sequence[length - 1 - i]!]!));
  });
  return sum(losses) / tokens.length / length;
}

describe('transformer-block', function () {
  this.timeout(40_000);

  it('has the loss and the slopes of the same block in float64', () => {
    const tokens = matrix(value(example, 'tokens'), length);
    near(
      value(example, 'loss')[0],
      loss(tokens, (name) => value(example, name)),
      'loss',
      1e-5,
    );
    agreesWithSlopes(example, names, (of) => loss(tokens, of));
  });

  it('shows the block as one node, which opens into its modules', () => {
    const modules = opsBehind(example, 'y').map((op) => op.replace(/^\w+ in block(?: › )?/, ''));
    const parts = modules.map((module) => module.split(' › ')[0]!);
    assert.deepEqual(
      parts.filter((part, i) => part !== parts[i - 1]),
      // The empty ones are the two sums around the halves, and the relu between the linear layers.
      ['norm1', 'selfAttn', '', 'norm2', 'linear1', '', 'linear2', ''],
    );
  });

  it('is not sick', () => {
    const { out } = retrograd(['check', `examples/${example}.ts`, '--format', 'json', '--no-gradients']);
    assert.deepEqual((JSON.parse(out) as CheckReport).findings, []);
  });

  it('learns to reverse in the sandbox, sequences that it has never seen too', async () => {
    const text = readFileSync(join(root, 'examples', `${example}.ts`), 'utf8');
    const trial = `
const losses = reverse.train();
const unseen = randint(0, ${symbols}, [100, length], { seed: 99 });
const guessed = symbolsOut.forward(block.forward(symbolsIn.forward(unseen).add(places))).argmax(-1);
console.log(losses[0], losses.at(-1), guessed.eq(unseen.flip(1)).mean().item());
`;
    const runner = new TextRunner();
    const { log } = await runner.example(`${example}.ts`, text + trial);
    runner.dispose();
    const [first, last, share] = log[0]!.text.split(' ').map(Number);
    // ln 6 = 1.79 is what a guess costs.
    assert.ok(first! > 1.7 && last! < 0.01 && share! > 0.9, log[0]!.text);
  });
});
