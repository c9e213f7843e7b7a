import assert from 'node:assert/strict';
import { join } from 'node:path';
import { retrograd, root } from './command-line.ts';
import { explained } from './documents.ts';
import { allNear, central, gradient, near, sum, value } from './numbers.ts';

const example = 'mlp-decay-dropout';

describe(example, () => {
  const x = [1, -0.5, 2];
  const y = [0.5, -1];
  const lambda = 0.1;
  const hidden = 4;
  const W1 = (): number[] => value(example, 'W1');
  const W2 = (): number[] => value(example, 'W2');
  /** 2 for a unit that is kept, 0 for one that is dropped: what the mask did, read off h and d. */
  const mask = (): number[] => value(example, 'd').map((d, i) => Math.round(d / value(example, 'h')[i]!));

  /** The whole model in plain numbers, of both weights one after the other. */
  function parts(weights: readonly number[]): { L: number; s: number } {
    const h = Array.from({ length: hidden }, (_, j) =>
      Math.tanh(sum(x.map((one, i) => one * weights[i * hidden + j]!))),
    );
    const second = weights.slice(x.length * hidden);
    const o = y.map((_, k) => sum(h.map((one, j) => one * mask()[j]! * second[j * y.length + k]!)));
    return {
      L: 0.5 * sum(o.map((one, k) => (one - y[k]!) ** 2)),
      s: (lambda / 2) * sum(weights.map((weight) => weight ** 2)),
    };
  }
  const gradientOf = (part: (of: { L: number; s: number }) => number): number[] =>
    central((weights) => part(parts(weights)), [...W1(), ...W2()]);

  it('has J = L + s', () => {
    const { L, s } = parts([...W1(), ...W2()]);
    near(value(example, 'L')[0], L, 'L');
    near(value(example, 's')[0], s, 's');
    near(value(example, 'J')[0], L + s, 'J');
  });

  it('has the gradients of central differences', () => {
    const slopes = gradientOf(({ L, s }) => L + s);
    allNear(gradient(example, 'W1'), slopes.slice(0, 12), 'W1', 2e-5);
    allNear(gradient(example, 'W2'), slopes.slice(12), 'W2', 2e-5);
  });

  it('lists the penalty as a path of its own, which adds λ·W', () => {
    for (const [name, weights] of [
      ['W1', W1()],
      ['W2', W2()],
    ] as const) {
      const { terms, paths } = explained(example, name);
      assert.equal(paths.length, 2);
      assert.ok(
        paths.some(({ nodes }) => nodes.join(' ') === `${name} s J`),
        name,
      );
      const penalty = terms.find(({ through }) => through === 's')!;
      allNear(
        penalty.value,
        weights.map((weight) => lambda * weight),
        name,
      );
    }
  });

  it('sends nothing back through a unit that is dropped', () => {
    const dropped = mask().flatMap((factor, j) => (factor === 0 ? [j] : []));
    assert.ok(dropped.length > 0 && dropped.length < hidden, 'some are dropped, and some are not');
    const back = gradient(example, 'h');
    const { why } = explained(example, 'h');
    assert.equal(why!.kind, 'zeros');
    assert.deepEqual(
      why!.causes.map(({ cause, node, elements }) => [cause, node, elements]),
      [['dropped', 'd', dropped.length]],
    );
    assert.match(retrograd(['explain', `examples/${example}.ts`, 'h']).out, /dropped by dropout \(d, line \d+\)/);
    for (const j of dropped) {
      assert.ok(back[j] === 0, String(back[j]));
      // All that is left of the gradient of its weights is λ·W.
      for (let i = 0; i < x.length; i++)
        near(gradient(example, 'W1')[i * hidden + j], lambda * W1()[i * hidden + j]!, `W1[${i},${j}]`);
    }
  });
});

describe('mlp-decay-dropout, trained in plain Node', () => {
  it('comes near the target, as far as the weights are let grow', async () => {
    const { mlp } = (await import(join(root, 'examples', `${example}.ts`))) as { mlp: { train(): number[] } };
    const losses = mlp.train();
    losses.slice(1).forEach((loss, i) => assert.ok(loss < losses[i]!, `step ${i + 1}`));
    assert.ok(losses[0]! > 4 && losses.at(-1)! < 0.2, `${losses[0]!} → ${losses.at(-1)!}`);
  });
});
