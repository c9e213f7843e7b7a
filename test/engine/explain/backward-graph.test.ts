import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { buildBackwardGraph } from '../../../engine/explain/backward-graph/build.ts';
import type { BackwardGraphView } from '../../../engine/explain/backward-graph/view.ts';
import { PassView } from '../../../engine/explain/pass-view.ts';
import type { Granularity } from '../../../engine/explain/view.ts';
import { TextRunner } from './run-text.ts';

const examples = new URL('../../../examples/', import.meta.url);
const example = (name: string): string => readFileSync(new URL(name, examples), 'utf8');

describe('the view of the backward graph', function () {
  this.timeout(60_000);
  let runner: TextRunner;
  before(() => (runner = new TextRunner()));
  after(() => runner.dispose());

  const of = async (text: string, granularity: Granularity): Promise<BackwardGraphView> => {
    const trace = await runner.trace(text);
    return buildBackwardGraph(new PassView(trace, trace.passes[0]!, granularity));
  };

  /** Nodes with values, edges with rules, in words. */
  const told = ({ nodes, edges }: BackwardGraphView): string[] => {
    const name = (id: number): string => nodes.find((node) => node.id === id)!.name;
    return [
      ...nodes.map(({ name: own, op, value }) => [own, op, value?.text].filter(Boolean).join(' ')),
      ...edges.map(({ from, to, label }) => `${name(from)} → ${name(to)} ${label ?? ''}`.trim()),
    ];
  };

  /** u = m·x, y = u + c: ∂y/∂u = ∂y/∂c = 1, ∂y/∂m = x = 3, ∂y/∂x = m = 2. */
  it('of the line is the graph turned round, the local rule on each edge', async () => {
    assert.deepEqual(told(await of(example('line.ts'), 'named')), [
      '∂y/∂y 1.0000',
      '∂y/∂u 1.0000',
      '∂y/∂c 1.0000',
      '∂y/∂x 2.0000',
      '∂y/∂m 3.0000',
      '∂y/∂y → ∂y/∂u · 1',
      '∂y/∂y → ∂y/∂c · 1',
      '∂y/∂u → ∂y/∂x · m',
      '∂y/∂u → ∂y/∂m · x',
    ]);
  });

  /** ∂z/∂v = u = 6, ∂z/∂u = v = 2 + 9 = 11, ∂z/∂x = 1·6 + 3·11 = 39, ∂z/∂y = 2·11 + 2·3·6 = 58. */
  it('adds up what arrives on two ways', async () => {
    assert.deepEqual(told(await of(example('two-paths.ts'), 'named')), [
      '∂z/∂z 1.0000',
      '∂z/∂v 6.0000',
      '∂z/∂u 11.0000',
      '∂z/∂y sum of 2 58.0000',
      '∂z/∂x sum of 2 39.0000',
      '∂z/∂z → ∂z/∂v · u',
      '∂z/∂z → ∂z/∂u · v',
      '∂z/∂u → ∂z/∂y · x',
      '∂z/∂v → ∂z/∂y · 2·y',
      '∂z/∂u → ∂z/∂x · y',
      '∂z/∂v → ∂z/∂x · 1',
    ]);
  });

  /** L = σ(w)²: ∂L/∂a = 1·(2·a), ∂L/∂w = ∂L/∂a·(a·(1 − a)). a = σ(0) = ½: 1, then ¼. */
  it('op by op holds the ops inside of the rules, under what they compute', async () => {
    const view = await of(
      `import { model, param } from 'retrograd';
const w = param(0);
export const m = model(() => { const a = w.sigmoid(); const L = a.square(); return L; });`,
      'op',
    );
    assert.deepEqual(told(view), [
      '∂L/∂L 1 1.0000',
      '2·a mul 1.0000',
      '∂L/∂a mul 1.0000',
      '1 − a sub 0.5000',
      'a·(1 − a) mul 0.2500',
      '∂L/∂w mul 0.2500',
      '∂L/∂L → ∂L/∂a',
      '2·a → ∂L/∂a',
      '1 − a → a·(1 − a)',
      '∂L/∂a → ∂L/∂w',
      'a·(1 − a) → ∂L/∂w',
    ]);
    // Values of the forward pass that are read: a by 2·a, 1 − a and a·(1 − a).
    assert.deepEqual(
      view.nodes.map(({ reads }) => reads.length),
      [0, 1, 0, 1, 1, 0],
    );
  });

  for (const granularity of ['named', 'op'] as const) {
    for (const name of readdirSync(examples).filter((file) => file.endsWith('.ts'))) {
      it(`has a node for every gradient that is shown, ${granularity}: ${name}`, async () => {
        const trace = await runner.example(name);
        for (const pass of trace.passes) {
          const view = new PassView(trace, pass, granularity);
          const { nodes, edges, note } = buildBackwardGraph(view);
          assert.equal(note, null);
          const shown = [...view.chains.folding.folds.keys()].filter((id) => view.graph.hasGradient(id));
          const whole = nodes.filter((node) => node.whole);
          assert.deepEqual(new Set(whole.map(({ of: node }) => node)), new Set(shown));
          for (const { of: node, value, id } of whole) {
            assert.equal(id, -1 - node);
            const { data } = view.pass.gradients.get(node)!;
            if (data) assert.deepEqual(value!.data, [...data]);
          }
          const ids = new Set(nodes.map(({ id }) => id));
          assert.equal(ids.size, nodes.length);
          for (const { from, to } of edges) assert.ok(ids.has(from) && ids.has(to) && from !== to);
          for (const { reads } of nodes) for (const read of reads) assert.ok(view.chains.folding.folds.has(read));
        }
      });
    }
  }

  it('is shown by name where single ops would be too many, and says so', async () => {
    const view = await of(
      `import { model, param } from 'retrograd';
const w = param(0.5);
export const m = model(() => { let x = w; for (let i = 0; i < 700; i++) x = x.tanh(); return x; });`,
      'op',
    );
    assert.equal(view.note, 'The backward pass applies 2101 operations; they are shown one by one up to 1500.');
    assert.equal(view.nodes.length, 701);
  });
});
