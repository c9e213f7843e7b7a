import type { NodeId } from '../base/brand.ts';
import type { Fold } from './folds.ts';
import type { PassGraph } from './pass-graph.ts';

/** The fold's ops that the gradient of an input comes through, in order of execution. What is detached on the way is not among them. */
export function wayThrough(graph: PassGraph, fold: Fold, input: NodeId): NodeId[] {
  if (fold.ops.length === 1) return [fold.id];
  const touched = new Set<NodeId>([input]);
  for (const op of fold.ops) {
    const { requiresGrad, inputs } = graph.node(op);
    if (requiresGrad && inputs.some((from) => touched.has(from))) touched.add(op);
  }
  const leading = new Set<NodeId>([fold.id]);
  const way: NodeId[] = [];
  for (let k = fold.ops.length - 1; k >= 0; k--) {
    const op = fold.ops[k]!;
    if (!leading.has(op) || !touched.has(op)) continue;
    way.push(op);
    for (const from of graph.node(op).inputs) leading.add(from);
  }
  return way.reverse();
}
