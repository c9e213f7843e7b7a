import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { NodeId } from '../../../engine/base/brand.ts';
import { countText } from '../../../engine/base/count-text.ts';
import { buildCard } from '../../../engine/explain/card.ts';
import { PassView } from '../../../engine/explain/pass-view.ts';
import { programs } from '../analysis/random-programs.ts';
import { TextRunner } from './run-text.ts';

/** Every path from a node to the loss as the product of its local derivatives, by walking them one by one. */
function enumerated({ chains, graph }: PassView, id: NodeId): number[] {
  if (id === graph.pass.loss) return [1];
  return chains
    .terms(id)
    .flatMap(({ through, local }) =>
      enumerated({ chains, graph } as PassView, through).map((product) => product * local.value![0]!),
    );
}

const close = (a: number, b: number, scale = 1): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b), scale);

describe('cards', () => {
  const runner = new TextRunner();
  after(() => runner.dispose());
  const viewOf = async (text: string): Promise<PassView> => {
    const trace = await runner.trace(text);
    return new PassView(trace, trace.passes[0]!, 'named');
  };
  const model = (leaves: string, body: string, more = ''): string =>
    `import * as rg from 'retrograd';\nimport { input, model, param, randn, setDefaultDtype } from 'retrograd';\n${more}${leaves}\nexport const m = model(() => {\n${body}\n});\n`;

  it('list the strongest paths, whose products and rest add up to the gradient', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (text) => {
        const view = await viewOf(text);
        for (const { id } of view.chains.folding.folds.values()) {
          if (id === view.graph.pass.loss || !view.graph.hasGradient(id)) continue;
          const all = enumerated(view, id);
          const { paths, pathCount, restOfPaths, gradient } = buildCard(view, id);
          assert.equal(pathCount, String(all.length));
          const scale = all.reduce((sum, x) => sum + Math.abs(x), 0);
          // What is listed is what is strongest. Equally strong paths may stand in any order.
          const strongest = all.map(Math.abs).sort((a, b) => b - a);
          paths.forEach(({ product }, i) => assert.ok(close(Math.abs(product.scalar!), strongest[i]!, scale)));
          assert.equal(paths.length, Math.min(8, all.length));
          // A product is that of the numbers shown above it.
          for (const { factors, product } of paths)
            assert.equal(
              factors.reduce((total, { value }) => total * value.scalar!, 1),
              product.scalar,
            );
          const listed = paths.reduce((sum, { product }) => sum + product.scalar!, 0);
          assert.ok(close(listed + (restOfPaths?.sum?.scalar ?? 0), gradient!.scalar!, scale));
          assert.equal(restOfPaths?.count ?? '0', String(Math.max(0, all.length - 8)));
          assert.ok(
            close(
              all.reduce((sum, x) => sum + x, 0),
              gradient!.scalar!,
              scale,
            ),
          );
        }
      }),
      { seed: 11, numRuns: 40 },
    );
  }).timeout(60_000);

  it('give each term its sign, value and share, and shares add up to 1', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (text) => {
        const view = await viewOf(text);
        for (const { id } of view.chains.folding.folds.values()) {
          const { terms, sum, gradient } = buildCard(view, id);
          if (terms.length < 2 || Math.abs(gradient!.scalar!) < 1e-6) continue;
          assert.ok(close(sum!.scalar!, gradient!.scalar!));
          for (const { value, share } of terms) assert.ok(close(share!.ratio, value.scalar! / sum!.scalar!));
          const total = terms.reduce((shares, { share }) => shares + share!.ratio, 0);
          assert.ok(
            Math.abs(total - 1) < 1e-9 * terms.reduce((shares, { share }) => shares + Math.abs(share!.ratio), 0),
          );
        }
      }),
      { seed: 12, numRuns: 40 },
    );
  }).timeout(60_000);

  it('take the paths of tensors apart: each is what comes back along it alone', async () => {
    const view = await viewOf(
      model(
        'const W = param(randn([3, 3], { seed: 1 }));\nconst x = param(randn([2, 3], { seed: 2 }));',
        '  const a = x.matmul(W).tanh();\n  const b = a.matmul(W).sin();\n  const c = a.mul(b).add(x);\n  const loss = c.square().sum();\n  return loss;',
        "setDefaultDtype('float64');\n",
      ),
    );
    for (const name of ['x', 'W', 'a']) {
      const { paths, restOfPaths, gradient, terms, sum } = buildCard(view, view.names.find(name)!);
      assert.equal(restOfPaths, null);
      const whole = gradient!.data!;
      whole.forEach((wanted, i) => {
        assert.ok(
          close(
            paths.reduce((total, { product }) => total + product.data![i]!, 0),
            wanted,
          ),
        );
        assert.ok(close(sum!.data![i]!, wanted));
      });
      const shares = (parts: readonly { share: { ratio: number } | null }[]): number =>
        parts.reduce((total, { share }) => total + (share?.ratio ?? 1), 0);
      assert.ok(close(shares(paths), 1));
      assert.ok(close(shares(terms), 1));
      // ⟨term, g⟩ / ‖g‖² by hand.
      const squared = whole.reduce((total, g) => total + g * g, 0);
      if (terms.length > 1)
        for (const { value, share } of terms)
          assert.ok(close(share!.ratio, value.data!.reduce((total, v, i) => total + v * whole[i]!, 0) / squared));
    }
    // W → a → c → loss without b, by hand: ∂loss/∂c = 2c, ∂c/∂a = b, ∂a/∂W = xᵀ·(… ⊙ (1 − a²)).
    const value = (name: string): number[] => Array.from(view.graph.node(view.names.find(name)!).value.data!);
    const [a, b, c, x] = [value('a'), value('b'), value('c'), value('x')];
    const path = buildCard(view, view.names.find('W')!).paths.find(
      ({ nodes }) => nodes.map((node) => view.names.written(node)).join(' ') === 'W a c loss',
    )!;
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        let wanted = 0;
        for (let n = 0; n < 2; n++) {
          const at = n * 3 + j;
          wanted += x[n * 3 + i]! * 2 * c[at]! * b[at]! * (1 - a[at]! ** 2);
        }
        assert.ok(close(path.product.data![i * 3 + j]!, wanted));
      }
    }
  });

  it('point out terms that cancel, with both numbers', async () => {
    // L = 100w − 99w: terms 100 and −99 of a gradient of 1; their magnitudes add up to 199.
    const view = await viewOf(
      model('const w = param(2);', '  const a = w.mul(100);\n  const b = w.mul(-99);\n  return a.add(b);'),
    );
    const { cancellation, terms } = buildCard(view, view.names.find('w')!);
    assert.equal(cancellation, 'The terms cancel: their magnitudes add up to 199, 199 times their sum 1.');
    assert.deepEqual(
      terms.map(({ value, share }) => [value.text, share!.text]),
      [
        ['100.0000', '10000 %'],
        ['−99.0000', '−9900 %'],
      ],
    );
    const mild = await viewOf(
      model('const w = param(2);', '  const a = w.mul(10);\n  const b = w.mul(-9);\n  return a.add(b).add(w);'),
    );
    // 10 − 9 + 1: magnitudes of 20, ten times the sum of 2.
    assert.match(buildCard(mild, mild.names.find('w')!).cancellation!, /add up to 20, 10 times their sum 2/);
    const none = await viewOf(
      model('const w = param(2);', '  const a = w.mul(10);\n  const b = w.mul(-8);\n  return a.add(b);'),
    );
    // 18 is nine times 2: not yet.
    assert.equal(buildCard(none, none.names.find('w')!).cancellation, null);
  });

  it('of a weight of a long loop list its heaviest terms, and add up the rest', async () => {
    // h ← h + k·w: ∂L/∂w is the sum of k, in float64 1 + … + 40 = 820; the heaviest 24 are 17 … 40, together 684.
    const view = await viewOf(
      model(
        "setDefaultDtype('float64');\nconst w = param(0.5);",
        '  let h = w.mul(0);\n  for (let k = 1; k <= 40; k++) {\n    const s = w.mul(k);\n    h = h.add(s);\n  }\n  return h;',
      ),
    );
    const { terms, restOfTerms, sum, title } = buildCard(view, view.names.find('w')!);
    assert.equal(terms.length, 24);
    assert.equal(sum!.scalar, 820);
    assert.equal(restOfTerms!.count, '17');
    assert.equal(restOfTerms!.sum!.scalar, 820 - 684);
    assert.match(title, / \+ … \(41 terms\)$/);
  });

  it('say which subgradient was taken, and only on a kink', async () => {
    const kinks = async (value: string, op: string): Promise<(string | null)[]> => {
      const view = await viewOf(model(`const w = param(${value});`, `  const h = w.${op};\n  return h.sum();`));
      return buildCard(view, view.names.find('w')!).paths[0]!.factors.map(({ kink }) => kink);
    };
    assert.deepEqual(await kinks('0', 'relu()'), [
      null,
      'relu stands on a kink here: at 0 the derivative is taken as 0',
    ]);
    assert.deepEqual(await kinks('0.1', 'relu()'), [null, null]);
    assert.deepEqual(await kinks('[0, 1, 0]', 'abs()'), [
      null,
      'abs stands on a kink in 2 of 3 elements: at 0 the derivative is taken as 0',
    ]);
    assert.deepEqual(await kinks('1', 'clamp(-1, 1)'), [
      null,
      'clamp stands on a kink here: at the ends the derivative is taken as 1',
    ]);
    assert.deepEqual(await kinks('[[3, 1], [2, 2]]', 'max(1)'), [
      null,
      'max stands on a kink in 1 of 2 elements: among equal extremes the gradient is shared evenly',
    ]);
    assert.deepEqual(await kinks('[[1, 2], [3, 4]]', 'max(1)'), [null, null]);
  });

  it('of a long chain show both ends of it', async () => {
    const view = await viewOf(
      model(
        'const w = param(0.5);',
        '  let h = w.mul(1);\n  for (let i = 0; i < 99; i++) h = h.mul(1.01);\n  return h;',
      ),
    );
    const [path] = buildCard(view, view.names.find('w')!).paths;
    assert.equal(path!.nodes.length, 101);
    assert.deepEqual([path!.factors.length, path!.hidden], [22, { before: 14, count: 78 }]);
    assert.ok(Math.abs(path!.product.scalar! - 1.01 ** 99) < 1e-5);
    assert.equal(buildCard(view, view.names.find('w')!, true).paths[0]!.factors.length, 100);
  });

  it('name modules round what they explain', async () => {
    const view = await viewOf(
      model(
        'class Net extends rg.nn.Module {\n  hidden = new rg.nn.Linear(2, 2, { seed: 1 });\n  forward(x: rg.Tensor): rg.Tensor {\n    const h = this.hidden.forward(x);\n    return h.tanh();\n  }\n}\nconst net = new Net();\nconst bare = new rg.nn.Linear(2, 1, { seed: 2 });',
        '  const y = bare.forward(net.forward(input([[1, 2]])));\n  return y.sum();',
      ),
    );
    const noteOf = (name: string): string => buildCard(view, view.names.find(name)!).note;
    assert.match(noteOf('h'), / · in net\.hidden$/);
    assert.deepEqual(
      ['hidden.weight', 'bare.weight', 'bare.bias'].map((name) => view.names.find(name) !== null),
      [true, true, true],
    );
  });
});

describe('counts', () => {
  const texts: Readonly<Record<string, string>> = {
    1: '1',
    1234: '1234',
    12345: '12\u202f345',
    [String(2n ** 200n)]: '≈ 1.607·10⁶⁰',
    [`9999999999${'0'.repeat(10)}`]: '≈ 1.000·10²⁰',
  };
  for (const [digits, text] of Object.entries(texts))
    it(`${text} is written`, () => assert.equal(countText(digits), text));
});
