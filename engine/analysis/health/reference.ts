import type { NodeId } from '../../base/brand.ts';
import type { PassGraph } from '../pass-graph.ts';

/**
 * What a parameter's gradient is compared with: the gradient at the output of the op that uses a parameter nearest to the
 * loss. What lies between that op and the loss is the loss function, whose gradient falls as the model gets better.
 * A penalty on the parameters alone is no such op: it meets no data. Null where no op is.
 */
export function nearestToLoss(graph: PassGraph): NodeId | null {
  const isParameter = (id: NodeId): boolean => graph.node(id).kind === 'parameter';
  for (const id of [...graph.nodes].reverse()) {
    const { inputs } = graph.node(id);
    if (graph.hasGradient(id) && inputs.some(isParameter) && !inputs.every(isParameter)) return id;
  }
  return null;
}
