import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LatestFirst } from '../../../engine/autograd/order.ts';

interface Node {
  readonly order: number;
  readonly inputs: readonly Node[];
  readonly requiresGrad: boolean;
}

/** Graphs whose nodes were made at once, apart from some that were made long before or after others that are no part of it. */
const graphs = fc
  .array(
    fc.record({
      wait: fc.oneof({ weight: 20, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 1_000_000 })),
      inputs: fc.array(fc.nat(), { maxLength: 3 }),
      requiresGrad: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
    }),
    { minLength: 1, maxLength: 200 },
  )
  .map((drafts) => {
    const nodes: Node[] = [];
    let order = 0;
    for (const { wait, inputs, requiresGrad } of drafts) {
      order += wait;
      nodes.push({
        order,
        inputs: nodes.length === 0 ? [] : inputs.map((i) => nodes[i % nodes.length]!),
        requiresGrad,
      });
    }
    return nodes;
  });

describe('the order of a backward pass', () => {
  it('has every node that leads to the last and requires a gradient, latest first', () => {
    fc.assert(
      fc.property(graphs, (nodes) => {
        const last = nodes.at(-1)!;
        const reached = new Set([last]);
        for (const node of reached) for (const input of node.inputs) if (input.requiresGrad) reached.add(input);
        const expected = [...reached].sort((a, b) => b.order - a.order);
        const order = new LatestFirst(last);
        assert.deepEqual(order.nodes, expected);
        assert.deepEqual(
          nodes.map((node) => order.placeOf(node)),
          nodes.map((node) => expected.indexOf(node)),
        );
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});
