import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonNumber } from '../../engine/explain/json.ts';
import { explained, retrograd, root, traced } from './command-line.ts';

/** float32 numbers against closed forms in float64. */
const near = (actual: unknown, expected: number, what = ''): void => {
  assert.equal(typeof actual, 'number', what);
  assert.ok(
    Math.abs((actual as number) - expected) <= 1e-6 * Math.max(1, Math.abs(expected)),
    `${what}: ${String(actual)} against ${expected}`,
  );
};
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The factors of the first path as `∂of/∂by: formula`. */
const chain = (example: string, node: string): string[] =>
  explained(example, node).paths[0]!.factors.map(({ of, by, formula }) => `∂${of}/∂${by}: ${formula}`);
const factors = (example: string, node: string): unknown[] =>
  explained(example, node).paths[0]!.factors.map(({ value }) => value);

function gradient(example: string, name: string, model = 0): JsonNumber[] {
  const found = traced(example).models[model]!.nodes.find((node) => node.name === name)!.gradient;
  assert.ok(Array.isArray(found));
  return found;
}

describe('neuron', () => {
  // z = 0.6·2 − 0.4 = 0.8, a = σ(0.8), L = (a − 1)²: ∂L/∂a = 2(a − 1), ∂a/∂z = a(1 − a), ∂z/∂w = x = 2, ∂z/∂b = 1.
  const a = sigmoid(0.8);
  const outer = 2 * (a - 1) * a * (1 - a);

  it('explains ∂L/∂w by its three factors, loss first', () => {
    assert.deepEqual(chain('neuron', 'w'), ['∂L/∂a: 2·(a − y)', '∂a/∂z: a·(1 − a)', '∂z/∂w: x']);
    [2 * (a - 1), a * (1 - a), 2].forEach((value, i) => near(factors('neuron', 'w')[i], value));
    near(explained('neuron', 'w').gradient, outer * 2);
  });

  it('explains ∂L/∂b, whose last factor is 1', () => {
    assert.deepEqual(chain('neuron', 'b'), ['∂L/∂a: 2·(a − y)', '∂a/∂z: a·(1 − a)', '∂z/∂b: 1']);
    near(gradient('neuron', 'b')[0], outer);
  });
});

describe('two-layer-chain', () => {
  // u₁ = 0.8·1.5 − 0.2 = 1, Yⱼ = tanh 1, u₂ = −1.1·Yⱼ + 0.3, Y = σ(u₂), E = ½(Y − 1)².
  const Yj = Math.tanh(1);
  const Y = sigmoid(-1.1 * Yj + 0.3);
  const expected = [Y - 1, Y * (1 - Y), -1.1, 1 - Yj ** 2, 1.5];
  const product = expected.reduce((a, b) => a * b);

  it('explains ∂E/∂w1 by five factors in this order', () => {
    assert.deepEqual(chain('two-layer-chain', 'w1'), [
      '∂E/∂Y: Y − T',
      '∂Y/∂u2: Y·(1 − Y)',
      '∂u2/∂Yj: w₂',
      '∂Yj/∂u1: 1 − Yⱼ²',
      '∂u1/∂w1: X',
    ]);
    factors('two-layer-chain', 'w1').forEach((value, i) => near(value, expected[i]!));
    near(explained('two-layer-chain', 'w1').gradient, product);
    near(explained('two-layer-chain', 'w1').sum, product);
  });

  it('explains ∂E/∂w2 by three', () => {
    assert.deepEqual(chain('two-layer-chain', 'w2'), ['∂E/∂Y: Y − T', '∂Y/∂u2: Y·(1 − Y)', '∂u2/∂w2: Yⱼ']);
  });

  it('shows one step of gradient descent, w′ = w − η·∂E/∂w, and the new E', () => {
    // η = 0.5; every weight moves, then E is computed again by hand.
    const [, , , , X] = expected as [number, number, number, number, number];
    const du2 = (Y - 1) * Y * (1 - Y);
    const du1 = du2 * -1.1 * (1 - Yj ** 2);
    const [w1, b1, w2, b2] = [0.8 - 0.5 * du1 * X, -0.2 - 0.5 * du1, -1.1 - 0.5 * du2 * Yj, 0.3 - 0.5 * du2];
    const after = 0.5 * (sigmoid(w2 * Math.tanh(w1 * X + b1) + b2) - 1) ** 2;
    const { out } = retrograd(['trace', 'examples/two-layer-chain.ts']);
    assert.match(
      out,
      new RegExp(`one step of sgd \\(lr 0\\.5\\): E 0\\.1993 → ${after.toFixed(4).replace('.', '\\.')}`),
    );
  });
});

describe('sigmoid-parts', () => {
  const v = sigmoid(0.5);

  it('multiplies four local derivatives to v(1 − v)', () => {
    const values = factors('sigmoid-parts', 'x') as number[];
    assert.equal(values.length, 4);
    near(
      values.reduce((a, b) => a * b),
      v * (1 - v),
    );
    near(gradient('sigmoid-parts', 'x', 0)[0], v * (1 - v));
  });

  it('gives the gradient of sigmoid()', () => near(gradient('sigmoid-parts', 'x', 1)[0], v * (1 - v)));
});

describe('two-paths', () => {
  // x = 2, y = 3: u = 6, v = 11. ∂z/∂x = v·y + u·1 = 33 + 6; ∂z/∂y = v·x + u·2y = 22 + 36.
  it('lists both paths, each with its share of the sum', () => {
    const { terms, paths, gradient: whole, sum } = explained('two-paths', 'x');
    assert.deepEqual(
      terms.map(({ through, value }) => [through, value]),
      [
        ['u', 33],
        ['v', 6],
      ],
    );
    assert.deepEqual(
      paths.map(({ nodes, product }) => [nodes.join(' '), product]),
      [
        ['x u z', 33],
        ['x v z', 6],
      ],
    );
    assert.equal(whole, 39);
    assert.equal(sum, 39);
    assert.equal(explained('two-paths', 'y').gradient, 58);
  });
});

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
        assert.ok(Math.abs((g as number) - (up - down) / 2e-5) < 1e-5, `${name}[${i}]`);
      });
    }
  });
});

describe('every example', () => {
  const fixtures = join(root, 'test', 'fixtures', 'examples');
  const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts'));

  for (const example of examples) {
    it(`${example} prints what it printed`, () => {
      const { out, code } = retrograd(['trace', `examples/${example}`]);
      assert.equal(code, 0);
      const golden = join(fixtures, example.replace('.ts', '.txt'));
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, out);
      assert.equal(out, readFileSync(golden, 'utf8'));
    });

    it(`${example} runs unchanged in plain Node`, async () => {
      const made = (await import(join(root, 'examples', example))) as Record<string, () => { item(): number }>;
      const models = Object.values(made);
      assert.ok(models.length > 0);
      for (const model of models) assert.ok(Number.isFinite(model().item()));
    });
  }

  it('has a golden text, and no golden text is left over', () => {
    assert.deepEqual(readdirSync(fixtures).sort(), examples.map((name) => name.replace('.ts', '.txt')).sort());
  });
});

describe('xor, trained in plain Node', () => {
  it('learns exclusive or', async () => {
    const { xor } = (await import(join(root, 'examples', 'xor.ts'))) as { xor: { train(): number[] } };
    const losses = xor.train();
    assert.ok(losses.at(-1)! < 0.05, `loss ${losses.at(-1)!}`);
  });
});
