import { showShape, sizeOf } from '../../../tensor/shape.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

const elementwise: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'div', 'maximum', 'minimum']);

/**
 * [n] and [n, 1] make [n, n]: two tensors of the same number of elements that broadcast each other, as predictions and
 * targets do when one lacks its last dimension. Nothing fails, and the loss is another.
 */
export const silentBroadcast: Rule = {
  id: 'silent-broadcast',
  check: ({ graph }) =>
    graph.nodes.flatMap((node): Finding[] => {
      const { op, inputs, shape } = graph.node(node);
      const [a, b] = inputs;
      if (!elementwise.has(op) || a === undefined || b === undefined) return [];
      const [size, other] = [sizeOf(graph.node(a).shape), sizeOf(graph.node(b).shape)];
      if (size < 2 || size !== other || sizeOf(shape) === size) return [];
      return [
        {
          rule: 'silent-broadcast',
          severity: 'warning',
          confidence: op === 'sub' ? 'likely' : 'possible',
          node,
          culprit: node,
          along: [a, b, node],
          evidence: {
            op,
            left: showShape(graph.node(a).shape),
            right: showShape(graph.node(b).shape),
            result: showShape(shape),
          },
        },
      ];
    }),
};
