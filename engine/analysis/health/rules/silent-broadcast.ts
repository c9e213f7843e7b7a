import type { NodeId } from '../../../base/brand.ts';
import { showShape, sizeOf } from '../../../tensor/shape.ts';
import type { PassGraph } from '../../pass-graph.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

const elementwise: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'div', 'maximum', 'minimum']);
/** Show the same elements in another order or shape. */
const views: ReadonlySet<string> = new Set(['reshape', 'transpose', 'permute', 'expand', 'detach']);
const reductions: ReadonlySet<string> = new Set(['sum', 'mean', 'max', 'min', 'prod', 'variance', 'norm']);

/**
 * [n] and [n, 1] make [n, n]: two tensors of the same number of elements that broadcast each other, as predictions and
 * targets do when one lacks its last dimension. Nothing fails, and the loss is another. Every pair is meant where a tensor meets
 * itself, where both have been given all dimensions, and where the pairs go on as a matrix.
 */
export const silentBroadcast: Rule = {
  id: 'silent-broadcast',
  check: ({ graph }) =>
    graph.nodes.flatMap((node): Finding[] => {
      const { op, inputs, shape } = graph.node(node);
      const [a, b] = inputs;
      if (!elementwise.has(op) || a === undefined || b === undefined) return [];
      const [left, right] = [graph.node(a).shape, graph.node(b).shape];
      const size = sizeOf(left);
      if (size < 2 || size !== sizeOf(right) || sizeOf(shape) === size || left.length === right.length) return [];
      if (shownBy(graph, a) === shownBy(graph, b) || !(isBias(graph, node) || isReduced(graph, node))) return [];
      return [
        {
          rule: 'silent-broadcast',
          severity: 'warning',
          confidence: op === 'sub' ? 'likely' : 'possible',
          node,
          culprit: node,
          along: [a, b, node],
          evidence: { op, left: showShape(left), right: showShape(right), result: showShape(shape) },
        },
      ];
    }),
};

/** What a node shows the elements of. */
function shownBy(graph: PassGraph, id: NodeId): NodeId {
  const { op, inputs } = graph.node(id);
  return views.has(op) && inputs[0] !== undefined ? shownBy(graph, inputs[0]) : id;
}

/** A vector of parameters that is added. */
const isBias = (graph: PassGraph, node: NodeId): boolean =>
  graph.node(node).op === 'add' && graph.node(node).inputs.some((input) => graph.node(input).kind === 'parameter');

/** Whether some use of a node adds all of it up, element by element, as losses do. */
function isReduced(graph: PassGraph, from: NodeId): boolean {
  const reached = new Set<NodeId>([from]);
  const { shape } = graph.node(from);
  for (const id of reached) {
    for (const { node } of graph.consumers(id)) {
      const made = graph.node(node);
      if (made.shape.length === 0 && reductions.has(made.op)) return true;
      if (String(made.shape) === String(shape) && made.op !== 'matmul') reached.add(node);
    }
  }
  return false;
}
