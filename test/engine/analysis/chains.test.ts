import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PassView } from '../../../engine/explain/pass-view.ts';
import { TextRunner } from '../explain/run-text.ts';
import { programs } from './random-programs.ts';

const runner = new TextRunner();
after(() => runner.dispose());

async function view(
  text: string,
  granularity: 'named' | 'op' = 'named',
  opened: readonly never[] = [],
): Promise<PassView> {
  const { trace, problems } = await runner.run(text);
  assert.deepEqual(problems, []);
  return new PassView(trace!, trace!.passes[0]!, granularity, opened);
}

describe('chains', () => {
  for (const granularity of ['named', 'op'] as const) {
    it(`${granularity}: terms sum to the gradient, and so do the products along all paths`, async () => {
      await fc.assert(
        fc.asyncProperty(programs, async (text) => {
          const { chains, graph } = await view(text, granularity);
          for (const { id } of chains.folding.folds.values()) {
            const gradient = graph.pass.gradients.get(id)?.data?.[0];
            if (gradient === undefined || id === graph.pass.loss) continue;
            const scale = 1e-9 * Math.max(1, Math.abs(gradient));
            const terms = chains.terms(id);
            const sum = terms.reduce((total, { contribution }) => total + contribution![0]!, 0);
            assert.ok(Math.abs(sum - gradient) <= scale);
            for (const { through, local, contribution } of terms) {
              assert.ok(
                Math.abs(graph.pass.gradients.get(through)!.data![0]! * local.value![0]! - contribution![0]!) <= scale,
              );
            }
            const paths = chains.strongestPaths(id);
            if (chains.pathCount(id) > BigInt(paths.length)) continue;
            const products = paths.map(({ edges }) =>
              edges.reduce((product, { local }) => product * local.value![0]!, 1),
            );
            assert.ok(Math.abs(products.reduce((a, b) => a + b, 0) - gradient) <= scale);
          }
        }),
        { seed: 3, numRuns: 40 },
      );
    }).timeout(60_000);
  }

  it('counts paths as enumeration does', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (text) => {
        const { chains, graph } = await view(text);
        const walk = (id: never): number =>
          id === graph.pass.loss
            ? 1
            : chains.terms(id).reduce((total, { through }) => total + walk(through as never), 0);
        for (const { id } of chains.folding.folds.values())
          assert.equal(chains.pathCount(id), BigInt(walk(id as never)));
      }),
      { seed: 5, numRuns: 30 },
    );
  }).timeout(60_000);

  it('counts beyond what could be enumerated: a ladder of 200 doublings has 2^200 paths', async () => {
    const rungs = Array.from(
      { length: 200 },
      (_, i) => `  const h${i + 1} = watch(h${i}.mul(0.5).add(watch(h${i}.mul(0.5), 'side${i}')), 'h${i + 1}');`,
    );
    const text = `import { model, param, watch } from 'retrograd';\nconst h0 = param(1);\nexport const m = model(() => {\n${rungs.join('\n')}\n  return h200;\n});\n`;
    const { chains, names } = await view(text);
    assert.equal(chains.pathCount(names.find('h0')!), 2n ** 200n);
  });
});

describe('named granularity', () => {
  const shown = async (body: string, more = ''): Promise<string[]> => {
    const found = await view(
      `import { model, param, input, crossEntropy, scope } from 'retrograd';\n${more}const w = param(0.5);\nexport const m = model(() => {\n${body}\n});\n`,
    );
    return [...found.chains.folding.folds.values()].map(({ id, ops }) => `${found.names.written(id)}(${ops.length})`);
  };

  it('folds what has no name into the one thing it builds', async () => {
    assert.deepEqual(await shown('const u = w.mul(2).add(1);\nconst y = u.tanh();\nreturn y;'), [
      'w(1)',
      'u(2)',
      'y(1)',
    ]);
  });

  it('keeps an unnamed op that builds several as a node of its own', async () => {
    const nodes = await shown(
      'const parts = { s: null as never };\nvoid parts;\nconst f = (x: typeof w) => ({ a: x.sin(), b: x.cos() });\nconst { a, b } = f(w.mul(3));\nconst y = a.add(b);\nreturn y;',
    );
    assert.deepEqual(
      nodes.map((node) => node.replace(/#\d+/, '#')).sort(),
      ['a(1)', 'b(1)', 'mul#(1)', 'w(1)', 'y(1)'].sort(),
    );
  });

  it('numbers a name that occurs again', async () => {
    assert.deepEqual(await shown('let h = w;\nfor (let i = 0; i < 3; i++) h = h.tanh();\nreturn h;'), [
      'w(1)',
      'h[0](1)',
      'h[1](1)',
      'h[2](1)',
    ]);
  });

  it('shows a composite op as one node', async () => {
    const nodes = await shown(
      'const z = W.mul(w);\nconst loss = crossEntropy(z, [1, 0]);\nreturn loss;',
      'const W = param([[1, 2], [3, 4]]);\n',
    );
    assert.deepEqual(
      nodes.map((node) => node.split('(')[0]),
      ['W', 'w', 'z', 'loss'],
    );
  });
});
