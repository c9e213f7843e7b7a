import assert from 'node:assert/strict';
import { buildBackwardGraph } from '../../engine/explain/backward-graph/build.ts';
import { buildGraph } from '../../engine/explain/graph.ts';
import { chain, factors, gradient, value } from './numbers.ts';
import { nodeIn, viewOf } from './documents.ts';

describe('line', () => {
  // m = 2, x = 3, c = 1: u = 6, y = 7.
  it('has its values on the way forward', () => {
    assert.deepEqual(value('line', 'u'), [6]);
    assert.deepEqual(value('line', 'y'), [7]);
  });

  // ∂y/∂y = 1, ∂y/∂u = 1, ∂y/∂c = 1, ∂y/∂m = x = 3, ∂y/∂x = m = 2.
  it('has its gradients on the way back', () => {
    const expected = { y: 1, u: 1, c: 1, m: 3, x: 2 };
    for (const [name, g] of Object.entries(expected)) assert.deepEqual(gradient('line', name), [g], name);
  });

  it('explains ∂y/∂m by two factors, 1 and x', () => {
    assert.deepEqual(chain('line', 'm'), ['∂y/∂u: 1', '∂u/∂m: x']);
    assert.deepEqual(factors('line', 'm'), [1, 3]);
    assert.deepEqual(chain('line', 'x'), ['∂y/∂u: 1', '∂u/∂x: m']);
    assert.deepEqual(chain('line', 'c'), ['∂y/∂c: 1']);
  });

  it('has a graph of gradients beside that of values: the same edges, the other way round', async () => {
    const view = viewOf('line');
    const [G, B] = [buildGraph(view), buildBackwardGraph(view)];
    const gradientOf = new Map(B.nodes.map(({ name, value: reading }) => [name, reading?.scalar]));
    assert.deepEqual(Object.fromEntries(gradientOf), { '∂y/∂y': 1, '∂y/∂u': 1, '∂y/∂c': 1, '∂y/∂m': 3, '∂y/∂x': 2 });
    const forward = G.edges.map(({ from, to }) => `${from} ${to}`);
    const of = new Map(B.nodes.map((node) => [node.id, node.of]));
    const backward = B.edges.map(({ from, to }) => `${of.get(to)} ${of.get(from)}`);
    assert.deepEqual(backward.sort(), forward.sort());
    // Each edge of B is marked with the local derivative that it multiplies by.
    const mark = B.edges.find(({ to }) => of.get(to) === nodeIn(view, 'm'))?.label;
    assert.match(mark ?? '', /x/);
  });
});
