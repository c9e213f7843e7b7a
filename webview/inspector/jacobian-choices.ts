import type { NodeId } from '../../engine/base/brand.ts';
import type { EdgeView } from '../../engine/explain/view.ts';

/** Everything that follows from a node (`forward`) or leads to it, in order of execution, the node itself left out. */
export function reachable(edges: readonly EdgeView[], node: NodeId, forward: boolean): NodeId[] {
  const found = new Set<NodeId>([node]);
  for (const id of found) {
    for (const { from, to } of edges) {
      if (forward && from === id) found.add(to);
      if (!forward && to === id) found.add(from);
    }
  }
  found.delete(node);
  return [...found].sort((a, b) => a - b);
}

/**
 * What is asked about first: the chosen node's next consumer by it. What follows is passed over when it is the loss, whose
 * Jacobian is the gradient that the panel shows anyway, as long as something comes before.
 */
export function firstPair(
  edges: readonly EdgeView[],
  node: NodeId,
  loss: NodeId,
): { readonly of: NodeId; readonly by: NodeId } | null {
  const flowing = edges.filter(({ label }) => label !== null);
  const next = flowing.filter(({ from }) => from === node).map(({ to }) => to);
  const inner = next.find((id) => id !== loss);
  if (inner !== undefined) return { of: inner, by: node };
  const before = flowing.find(({ to }) => to === node);
  if (before) return { of: node, by: before.from };
  return next[0] === undefined ? null : { of: next[0], by: node };
}
