import type { NodeId } from '../base/brand.ts';
import type { Fold } from './folds.ts';
import type { PassGraph } from './pass-graph.ts';

/** The fold's ops that an input of it has a part in, in order of execution: what its gradient comes through. */
export function wayThrough(graph: PassGraph, fold: Fold, input: NodeId): NodeId[] {
  const touched = new Set<NodeId>([input]);
  return fold.ops.filter((op) => {
    const { requiresGrad, inputs } = graph.node(op);
    const isTouched = requiresGrad && inputs.some((from) => touched.has(from));
    if (isTouched) touched.add(op);
    return isTouched;
  });
}
