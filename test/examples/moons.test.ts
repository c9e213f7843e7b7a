import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { CheckReport } from '../../engine/explain/health/report.ts';
import { retrograd, root } from './command-line.ts';
import { opsBehind } from './documents.ts';
import { near, sum, value } from './numbers.ts';
import { type Matrix, each, matrix, product, transposed } from './plain-layers.ts';
import { type Weights, agreesWithSlopes } from './slopes.ts';

const names = ['net.0.weight', 'net.0.bias', 'net.2.weight', 'net.2.bias', 'net.4.weight', 'net.4.bias'];
const points = (): Matrix => matrix(value('moons', 'points'), 2);

/** x·Wᵀ + b, with W as PyTorch has it, [out, in]. */
const linear = (x: Matrix, weight: readonly number[], bias: readonly number[]): number[][] =>
  product(x, transposed(matrix(weight, weight.length / bias.length))).map((row) => row.map((z, j) => z + bias[j]!));
const relu = (x: Matrix): number[][] => each((z) => Math.max(0, z), x);

/** The net once more, in float64, for the points of the first step: mean of ln(1 + eˣ) − t·x. */
function loss(of: Weights): number {
  const rows = value('moons', 'rows');
  const first = relu(
    linear(
      rows.map((row) => points()[row]!),
      of('net.0.weight'),
      of('net.0.bias'),
    ),
  );
  const second = relu(linear(first, of('net.2.weight'), of('net.2.bias')));
  const logits = linear(second, of('net.4.weight'), of('net.4.bias')).flat();
  return sum(logits.map((x, i) => Math.log1p(Math.exp(x)) - (rows[i]! < 100 ? 0 : x))) / rows.length;
}

describe('moons', function () {
  this.timeout(20_000);

  it('has two half moons, with noise of a tenth', () => {
    const off = points().flatMap(([x, y], i) => {
      const angle = ((i % 100) * Math.PI) / 99;
      const [moonX, moonY] =
        i < 100 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
      return [x! - moonX, y! - moonY];
    });
    // The deviation of 400 numbers is known to about 1 / √800.
    near(Math.sqrt(sum(off.map((d) => d * d)) / 400), 0.1, 'deviation', 0.01);
    near(sum(off) / 400, 0, 'mean', 0.015);
  });

  it('looks at fifty different points in the first step', () => {
    const rows = value('moons', 'rows');
    assert.equal(new Set(rows).size, 50);
    assert.ok(rows.every((row) => Number.isInteger(row) && row >= 0 && row < 200));
  });

  it('has the loss and the slopes of the same net in float64', () => {
    near(
      value('moons', 'loss')[0],
      loss((name) => value('moons', name)),
      'loss',
      1e-5,
    );
    agreesWithSlopes('moons', names, loss);
  });

  it('shows the net as one node, which opens into its layers', () => {
    assert.deepEqual(opsBehind('moons', 'logits'), [
      'matmul in net › 0 › linear',
      'add in net › 0 › linear',
      'relu in net › 1',
      'matmul in net › 2 › linear',
      'add in net › 2 › linear',
      'relu in net › 3',
      'matmul in net › 4 › linear',
      'add in net › 4 › linear',
    ]);
  });

  it('is not sick', () => {
    const { out } = retrograd(['check', 'examples/moons.ts', '--format', 'json', '--no-gradients']);
    assert.deepEqual((JSON.parse(out) as CheckReport).findings, []);
  });
});

describe('moons, trained in plain Node', () => {
  it('tells the moons apart', async () => {
    const { classifier } = (await import(join(root, 'examples', 'moons.ts'))) as { classifier: { train(): number[] } };
    const losses = classifier.train();
    assert.ok(losses[0]! > 0.6 && losses.at(-1)! < 0.01, `${losses[0]!} → ${losses.at(-1)!}`);
  });
});
