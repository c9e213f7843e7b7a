import type { NodeId } from '../../base/brand.ts';
import type { Passage } from '../../analysis/health/leak.ts';
import type { PassView } from '../pass-view.ts';

/** Nodes and edges (`from>to`) of the graph as it is shown. */
export interface Marks {
  readonly nodes: readonly NodeId[];
  readonly edges: readonly string[];
}

/**
 * Where some passages of a way are in the graph as shown. A passage within one shown node is marked on the edge by which the
 * gradient leaves that node.
 * @param way all of it, from the loss outwards
 */
export function marksOf(view: PassView, way: readonly Passage[], some: readonly Passage[]): Marks {
  const wanted = new Set(some);
  const nodes = new Set<NodeId>();
  const edges = new Set<string>();
  way.forEach((passage, i) => {
    if (!wanted.has(passage)) return;
    const from = view.shownFor(passage.through);
    if (from === null) return;
    nodes.add(from);
    const left = way.slice(i).find(({ to }) => view.shownFor(to) !== from);
    const to = left === undefined ? null : view.shownFor(left.to);
    if (to !== null) edges.add(`${to}>${from}`);
  });
  return { nodes: [...nodes], edges: [...edges] };
}
