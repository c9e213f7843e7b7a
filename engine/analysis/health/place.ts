import type { NodeId, SiteId } from '../../base/brand.ts';
import type { PassGraph } from '../pass-graph.ts';

/** Ops of the library looked through for a place before it is given up. */
const farthest = 64;

/**
 * The expression of the source that a node is part of. What a layer or a composite op makes inside itself has no place of its
 * own: it is placed where the first thing that is made of it stands.
 */
export function placeOf(graph: PassGraph, node: NodeId): { readonly node: NodeId; readonly site: SiteId } | null {
  const seen = new Set<NodeId>([node]);
  for (const id of seen) {
    const [site] = graph.node(id).sites;
    if (site !== undefined) return { node: id, site };
    if (seen.size > farthest) return null;
    for (const { node: consumer } of graph.consumers(id)) seen.add(consumer);
  }
  return null;
}
