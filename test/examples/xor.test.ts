import assert from 'node:assert/strict';
import { join } from 'node:path';
import { root } from './command-line.ts';
import { traced } from './documents.ts';
import { gradient, near } from './numbers.ts';

describe('xor', () => {
  it('has the gradients of central differences', () => {
    const { nodes } = traced('xor').models[0]!;
    const valueOf = (name: string): number[] => nodes.find((node) => node.name === name)!.value as number[];
    const names = ['W1', 'b1', 'W2', 'b2'] as const;
    const weights = Object.fromEntries(names.map((name) => [name, Float64Array.from(valueOf(name))])) as Record<
      (typeof names)[number],
      Float64Array
    >;
    const cases = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const;
    // The whole model once more in plain numbers.
    const loss = (): number => {
      let total = 0;
      cases.forEach(([p, q], i) => {
        let logit = weights.b2[0]!;
        for (let j = 0; j < 4; j++)
          logit += weights.W2[j]! * Math.tanh(p * weights.W1[j]! + q * weights.W1[4 + j]! + weights.b1[j]!);
        total += Math.log1p(Math.exp(logit)) - (i === 1 || i === 2 ? logit : 0);
      });
      return total / 4;
    };
    near((nodes.at(-1)!.value as number[])[0], loss());
    for (const name of names) {
      gradient('xor', name).forEach((g, i) => {
        const at = weights[name][i]!;
        weights[name][i] = at + 1e-5;
        const up = loss();
        weights[name][i] = at - 1e-5;
        const down = loss();
        weights[name][i] = at;
        assert.ok(Math.abs(g - (up - down) / 2e-5) < 1e-5, `${name}[${i}]`);
      });
    }
  });
});

describe('xor, trained in plain Node', () => {
  it('learns exclusive or', async () => {
    const { xor } = (await import(join(root, 'examples', 'xor.ts'))) as { xor: { train(): number[] } };
    const losses = xor.train();
    assert.ok(losses.at(-1)! < 0.05, `loss ${losses.at(-1)!}`);
  });
});
