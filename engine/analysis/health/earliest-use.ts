import type { NodeId } from '../../base/brand.ts';
import type { PassGraph } from '../pass-graph.ts';

/** Uses that are many at one place: the steps of a loop. */
const manyUses = 8;

/** The first of a loop's uses of a parameter, where the gradient arrives last; null for what no loop uses. */
export function earliestUse(graph: PassGraph, parameter: NodeId): NodeId | null {
  const uses = graph
    .consumers(parameter)
    .map(({ node }) => node)
    .filter((node) => graph.hasGradient(node));
  const [first] = uses;
  if (first === undefined || uses.length < manyUses) return null;
  const place = graph.node(first).sites[0];
  return uses.every((node) => graph.node(node).sites[0] === place) ? first : null;
}
