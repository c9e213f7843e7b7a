import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { ELK as Elk } from 'elkjs/lib/elk-api.js';
import { type Drawable, layered } from '../../../engine/picture/layout.ts';
import { fromElk, toElk } from '../../../engine/picture/elk-graph.ts';
import { readingOrder } from '../../../engine/picture/reading-order.ts';

const ELK = createRequire(import.meta.url)('elkjs/lib/elk.bundled.js') as new () => Elk;

/** A graph out of `x W b > h`: what a node reads, and the node. Every name gets a number where it first stands. */
function graphOf(...steps: readonly string[]): Drawable & { readonly named: (id: number) => string } {
  const ids = new Map<string, number>();
  const idOf = (name: string): number => ids.get(name) ?? ids.set(name, ids.size).size - 1;
  const edges = steps.flatMap((step) => {
    const [reads, node] = step.split(' > ') as [string, string];
    return reads.split(' ').map((one) => ({ from: idOf(one), to: idOf(node) }));
  });
  const names = [...ids.keys()];
  const nodes = names.map((name, id) => ({ id, name, op: '', shape: 'scalar' }));
  return { nodes, edges, structure: steps.join(), named: (id) => names[id]! };
}

const layers = (count: number): string[] => Array.from({ length: count }, (_, i) => `h${i} W${i} b${i} > h${i + 1}`);

describe('the order in which a graph is drawn', () => {
  for (const { title, steps, order } of [
    { title: 'leaves stand on both sides of what is computed', steps: ['h W b > y'], order: 'h W b y' },
    {
      title: 'the input of a layer runs through between weight and bias',
      steps: ['x > h', 'h W b > y'],
      order: 'W x h b y',
    },
    {
      title: 'single leaves go to either side in turn',
      steps: ['x > h', 'h V > k', 'k W > y'],
      // From the end: W is the first odd one and goes before, V behind, x before.
      order: 'W x h V k y',
    },
  ])
    it(title, () => {
      const graph = graphOf(...steps);
      const { rank } = readingOrder(graph);
      const names = [...rank].sort(([, a], [, b]) => a - b).map(([id]) => graph.named(id));
      assert.equal(names.join(' '), order);
    });

  it('puts many leaves of one node into rows of three, and leaves alone those that others read too', () => {
    const graph = graphOf('a b c d e s > y', 's y > z');
    const rows = readingOrder(graph).rows.map(({ from, to }) => `${graph.named(from)} ${graph.named(to)}`);
    assert.deepEqual(rows, ['a d', 'b e']);
    assert.deepEqual(readingOrder(graphOf('a b c d > y')).rows, []);
  });

  it('does not recurse: a chain of 100,000 has an order', () => {
    const edges = Array.from({ length: 100_000 }, (_, i) => ({ from: i, to: i + 1 }));
    const nodes = Array.from({ length: 100_001 }, (_, id) => ({ id, name: '', op: '', shape: 'scalar' }));
    assert.equal(readingOrder({ nodes, edges, structure: '' }).rank.size, 100_001);
  });

  it('is plain but narrow where there is no time: leaves stand in the row before their reader', () => {
    const graph = graphOf(...layers(12));
    const { boxes, size } = layered(graph, 'down');
    const rowOf = (name: string): number => boxes.get(graph.nodes.find((node) => node.name === name)!.id)!.y;
    assert.deepEqual([rowOf('h0'), rowOf('W7'), rowOf('b7')], [0, rowOf('h7'), rowOf('h7')]);
    // Three nodes of 164 pixels, 28 between them and behind the last.
    assert.ok(size.width <= 3 * (164 + 28), `${size.width} pixels wide`);
  });

  it('keeps twelve layers as narrow as one: each node straight under the one that it reads', async () => {
    const graph = graphOf(...layers(12));
    const { boxes, size } = fromElk(await new ELK().layout(toElk(graph, 'down', null)), 'down');
    const spine = graph.nodes
      .filter(({ name }) => name.startsWith('h') && name !== 'h0')
      .map(({ id }) => boxes.get(id)!.x);
    assert.ok(Math.max(...spine) - Math.min(...spine) < 1, `the chain stands at ${spine.join()}`);
    // Three nodes of 164 pixels side by side, and what is between them.
    assert.ok(size.width < 3 * 164 + 80, `${size.width} pixels wide`);
  });
});
