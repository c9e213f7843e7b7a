import type { PassGraph } from '../../analysis/pass-graph.ts';

/** The size that dimension 0 of all inputs has that have two dimensions or more; null where they differ or there are none. */
export function batchSize(graph: PassGraph): number | null {
  const sizes = new Set(
    graph.nodes
      .map((id) => graph.node(id))
      .filter(({ kind, shape }) => kind === 'input' && shape.length > 1)
      .map(({ shape }) => shape[0]!),
  );
  return sizes.size === 1 ? [...sizes][0]! : null;
}
