import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reuseOf } from '../../../engine/analysis/reuse.ts';
import type { NodeId } from '../../../engine/base/brand.ts';
import { PassView } from '../../../engine/explain/pass-view.ts';
import { TextRunner } from '../explain/run-text.ts';
import { programs } from './random-programs.ts';

const runner = new TextRunner();
after(() => runner.dispose());

async function view(text: string): Promise<PassView> {
  const trace = await runner.trace(text);
  return new PassView(trace, trace.passes[0]!, 'op');
}

describe('what reuse saves', () => {
  it('is what walking every path and marking its edges counts', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (text) => {
        const { chains, graph } = await view(text);
        for (const { id } of chains.folding.folds.values()) {
          let [paths, steps] = [0, 0];
          const edges = new Set<string>();
          const walk = (node: NodeId, length: number): void => {
            if (node === graph.pass.loss) [paths, steps] = [paths + 1, steps + length];
            for (const { through } of chains.terms(node)) {
              edges.add(`${node} ${through}`);
              walk(through, length + 1);
            }
          };
          walk(id, 0);
          assert.deepEqual(reuseOf(chains, id), paths < 2 ? null : { edges: edges.size, steps: BigInt(steps) });
        }
      }),
      { seed: 11, numRuns: 30 },
    );
  }).timeout(60_000);

  it('is exact far beyond what could be walked: 200 doublings', async () => {
    const rungs = Array.from({ length: 200 }, (_, i) => `  const h${i + 1} = h${i}.sin().add(h${i}.cos());`);
    const { chains, names } = await view(
      `import { model, param } from 'retrograd';\nconst h0 = param(1);\nexport const m = model(() => {\n${rungs.join('\n')}\n  return h200;\n});\n`,
    );
    // Each doubling has four edges, and every one of the 2²⁰⁰ paths goes along two of them.
    assert.deepEqual(reuseOf(chains, names.find('h0')!), { edges: 800, steps: 400n * 2n ** 200n });
  });
});
