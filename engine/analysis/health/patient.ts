import type { NodeId } from '../../base/brand.ts';
import type { PassGraph } from '../pass-graph.ts';
import type { Thresholds } from '../thresholds.ts';

/** One pass that is examined. */
export interface Patient {
  readonly graph: PassGraph;
  readonly thresholds: Thresholds;
  /** A node's value, row-major, computed anew where the trace left it out; null where that cannot be done. */
  readonly values: (id: NodeId) => ArrayLike<number> | null;
  /** The loss before each step of training so far; empty without training. */
  readonly losses: readonly number[];
}

/** Whether a trace's shape says that a node is weights (of two or more dimensions) rather than a bias or a scale. */
export const isWeight = ({ graph }: Patient, id: NodeId): boolean => graph.node(id).shape.length >= 2;

/** Parameters that this pass has a gradient for. */
export const learned = ({ graph }: Patient): NodeId[] =>
  graph.nodes.filter((id) => graph.node(id).kind === 'parameter' && graph.hasGradient(id));

/**
 * Whether some parameter multiplies what a node makes, between it and the loss: layers hide it from the loss then. A bias that is
 * added is still of the same layer.
 */
export function feedsLayers({ graph }: Patient, id: NodeId): boolean {
  const reached = new Set<NodeId>([id]);
  for (const node of reached) {
    for (const { node: consumer } of graph.consumers(node)) {
      const { op, inputs } = graph.node(consumer);
      const isLayer = op !== 'add' && op !== 'sub';
      if (isLayer && inputs.some((input) => !reached.has(input) && graph.node(input).kind === 'parameter')) return true;
      reached.add(consumer);
    }
  }
  return false;
}
