import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { CheckReport } from '../../engine/explain/health/report.ts';
import { retrograd, root } from './command-line.ts';
import { traced } from './documents.ts';
import { allNear, gradient, near, value } from './numbers.ts';
import { type Matrix, each, matrix, norm, product, transposed } from './plain-layers.ts';

const steps = 40;
const waves = 16;
const width = 8;

/** Backpropagation through time by hand, in float64, with the parameters of the trace. */
function byHand(): { loss: number; states: Matrix[]; parameters: Record<'V' | 'U' | 'b' | 'head', number[]> } {
  const numbers = Array.from({ length: steps + 1 }, (_, t) =>
    Array.from({ length: waves }, (__, n) => [Math.sin((0.2 + 0.02 * n) * t + n)]),
  );
  const V = matrix(value('rnn', 'V'), width);
  const U = matrix(value('rnn', 'U'), width);
  const head = matrix(value('rnn', 'head'), 1);
  const b = value('rnn', 'b');
  const h: Matrix[] = [Array.from({ length: waves }, () => Array.from({ length: width }, () => 0))];
  for (let t = 0; t < steps; t++) {
    const [read, kept] = [product(numbers[t]!, V), product(h[t]!, U)];
    h.push(read.map((row, n) => row.map((x, j) => Math.tanh(x + kept[n]![j]! + b[j]!))));
  }
  const errors = each((guess, next) => guess - next, product(h[steps]!, head), numbers[steps]!);
  const up = each((e) => (2 * e) / waves, errors);
  // ∂loss/∂hₜ, from the last to the first: δₜ = gₜ ⊙ (1 − hₜ²), gₜ₋₁ = δₜ·Uᵀ.
  const states: Matrix[] = [];
  let g: Matrix = product(up, transposed(head));
  const total = { V: matrix(Array(width).fill(0), width), U: each(() => 0, U), b: b.map(() => 0) };
  for (let t = steps; t > 0; t--) {
    states[t] = g;
    const delta = each((x, y) => x * (1 - y * y), g, h[t]!);
    const add = (to: Matrix, more: Matrix): number[][] => each((x, y) => x + y, to, more);
    total.V = add(total.V, product(transposed(numbers[t - 1]!), delta));
    total.U = add(total.U, product(transposed(h[t - 1]!), delta));
    total.b = total.b.map((sum, j) => delta.reduce((all, row) => all + row[j]!, sum));
    g = product(delta, transposed(U));
  }
  return {
    loss: errors.flat().reduce((sum, e) => sum + e * e, 0) / waves,
    states,
    parameters: {
      V: total.V.flat(),
      U: total.U.flat(),
      b: total.b,
      head: product(transposed(h[steps]!), up).flat(),
    },
  };
}

describe('rnn', function () {
  this.timeout(20_000);

  it('has the gradients of backpropagation through time by hand', () => {
    const { loss, parameters } = byHand();
    near(value('rnn', 'loss')[0], loss);
    for (const [name, expected] of Object.entries(parameters)) allNear(gradient('rnn', name), expected, name, 1e-5);
  });

  it('has forty states on one line, whose gradients fade on the way back', () => {
    const { states } = byHand();
    const made = traced('rnn').models[0]!.nodes.filter(({ op }) => op === 'tanh');
    assert.deepEqual([made.length, new Set(made.map(({ line }) => line)).size], [steps, 1]);
    const norms = made.map(({ gradient: of }) => norm([of as number[]]));
    norms.forEach((found, i) => near(found / norm(states[i + 1]!), 1, `state ${i + 1}`, 1e-3));
    assert.ok(norms[0]! < 1e-3 * norms.at(-1)!, `${norms[0]!} of ${norms.at(-1)!}`);
  });

  it('is not sick: its weights learn from the last states', () => {
    const { out } = retrograd(['check', 'examples/rnn.ts', '--format', 'json', '--no-gradients']);
    assert.deepEqual((JSON.parse(out) as CheckReport).findings, []);
  });
});

describe('rnn, trained in plain Node', () => {
  it('learns what comes next', async () => {
    const { rnn } = (await import(join(root, 'examples', 'rnn.ts'))) as { rnn: { train(): number[] } };
    const losses = rnn.train();
    assert.ok(losses[0]! > 0.05 && losses.at(-1)! < 1e-3, `${losses[0]!} → ${losses.at(-1)!}`);
  });
});
