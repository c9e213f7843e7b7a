import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ModulePath } from '../../../../engine/base/brand.ts';
import { Chains } from '../../../../engine/analysis/chain.ts';
import { type PassDiff, diff } from '../../../../engine/analysis/diff/diff.ts';
import { fold } from '../../../../engine/analysis/folds.ts';
import { PassGraph } from '../../../../engine/analysis/pass-graph.ts';
import { startRunner } from '../../../../engine/node/runner.ts';
import { defaultBudget } from '../../../../engine/protocol/worker.ts';
import { programs } from '../random-programs.ts';

describe('the difference of two passes', function () {
  this.timeout(120_000);
  const runner = startRunner();
  after(() => runner.dispose());

  const chainsOf = async (text: string, ops: boolean): Promise<Chains> => {
    const entry = 'm.ts' as ModulePath;
    const budget = { ...defaultBudget, softDeadline: 20_000, hardDeadline: 25_000 };
    const result = await runner.run({ root: '/', entry, overlays: new Map([[entry, text]]), budget });
    assert.ok(result?.trace, JSON.stringify(result?.problems));
    const graph = new PassGraph(result.trace, result.trace.passes[0]!);
    return new Chains(graph, fold(graph, ops ? 'all' : new Set()));
  };
  const mirrored = ({ pairs, added, gone }: PassDiff): PassDiff => ({
    pairs: pairs
      .map(({ before, after, changed }) => ({ before: after, after: before, changed }))
      .sort((a, b) => a.after - b.after),
    added: gone,
    gone: added,
  });

  it('is empty for a pass and itself, and the mirror image the other way round', async () => {
    await fc.assert(
      fc.asyncProperty(programs, programs, fc.boolean(), async (first, second, ops) => {
        const [a, b] = [await chainsOf(first, ops), await chainsOf(second, ops)];
        const same = diff(a, await chainsOf(first, ops));
        assert.deepEqual([same.added, same.gone], [[], []]);
        for (const { before, after, changed } of same.pairs) {
          assert.equal(before, after);
          assert.deepEqual(changed, []);
        }
        assert.deepEqual(diff(b, a), mirrored(diff(a, b)));
      }),
      { seed: 71, numRuns: 25 },
    );
  });

  it('has every node once, in a pair or alone', async () => {
    await fc.assert(
      fc.asyncProperty(programs, programs, async (first, second) => {
        const [a, b] = [await chainsOf(first, true), await chainsOf(second, true)];
        const { pairs, added, gone } = diff(a, b);
        const sorted = (ids: readonly number[]): number[] => [...ids].sort((x, y) => x - y);
        assert.deepEqual(sorted([...pairs.map(({ before }) => before), ...gone]), sorted([...a.folding.folds.keys()]));
        assert.deepEqual(sorted([...pairs.map(({ after }) => after), ...added]), sorted([...b.folding.folds.keys()]));
      }),
      { seed: 72, numRuns: 10 },
    );
  });

  // What was done to a program by hand, and what the difference has to say of it.
  const program = (body: string): string =>
    `import { input, model, nn, param } from 'retrograd';\nconst w = param([1, 2]);\nexport const m = model(() => {\n${body}\n});\n`;
  const base = 'const x = input([3, 4]);\nconst y = x.mul(w);\nreturn y.tanh().add(y.square()).sum();';
  const cases: readonly [what: string, body: string, ops: boolean, told: string][] = [
    ['a comment above', `// nothing\n${base}`, true, ''],
    [
      'an unnamed op that is gone',
      'const x = input([3, 4]);\nconst y = x.mul(w);\nreturn y.tanh().sum();',
      true,
      '− square − add ~ loss: inputs',
    ],
    ['an unnamed op more', base.replace('y.tanh()', 'y.tanh().exp()'), true, '+ exp ~ add: inputs'],
    ['another op', base.replace('y.tanh()', 'y.sigmoid()'), true, '− tanh + sigmoid ~ add: inputs'],
    ['another shape', base.replace('input([3, 4])', 'input([[3, 4], [5, 6]])'), false, '~ x: shape ~ y: shape'],
    ['another name', base.replaceAll('y', 'z'), false, '~ z: name'],
    ['an op more in a name', base.replace('.sum()', '.clamp(0, 1).sum()'), false, '~ loss: op'],
    ['another setting', base.replace('.sum()', '.sum(0)'), false, '~ loss: attributes'],
  ];
  for (const [what, body, ops, told] of cases) {
    it(`tells ${what}`, async () => {
      const [before, after] = [await chainsOf(program(base), ops), await chainsOf(program(body), ops)];
      const { pairs, added, gone } = diff(before, after);
      const called = ({ graph }: Chains, id: number): string =>
        id === graph.pass.loss ? 'loss' : (graph.node(id as never).name ?? graph.node(id as never).op);
      const words = [
        ...gone.map((id) => `− ${called(before, id)}`),
        ...added.map((id) => `+ ${called(after, id)}`),
        ...pairs
          .filter(({ changed }) => changed.length > 0)
          .map(({ after: id, changed }) => `~ ${called(after, id)}: ${changed.join(', ')}`),
      ];
      assert.equal(words.join(' '), told);
    });
  }
});
