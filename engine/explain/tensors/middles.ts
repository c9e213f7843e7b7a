import type { NodeId } from '../../base/brand.ts';
import type { PassGraph } from '../../analysis/pass-graph.ts';
import type { Way } from '../../replay/jacobian.ts';
import type { PassView } from '../pass-view.ts';
import type { Middle } from './jacobian-view.ts';

/** More are not offered. */
const most = 100;

/** The shown nodes between the ends of a way, latest first, and whether the paths through them are all there are. */
export function middlesOf({ graph, names, chains }: PassView, way: Way): Middle[] {
  const toEnd = countPaths(graph, way, 'from the beginning');
  const fromEnd = countPaths(graph, way, 'to the end');
  const total = fromEnd.get(way[0]!)!;
  return way
    .slice(1, -1)
    .filter((id) => chains.folding.folds.has(id))
    .slice(0, most)
    .map((id) => ({ node: id, name: names.shown(id), all: toEnd.get(id)! * fromEnd.get(id)! === total }));
}

/** How many paths lead from the way's beginning to each of its nodes, or from each of them to its end. */
function countPaths(
  graph: PassGraph,
  way: Way,
  which: 'from the beginning' | 'to the end',
): ReadonlyMap<NodeId, bigint> {
  const counts = new Map<NodeId, bigint>(way.map((id) => [id, 0n]));
  const edges = way
    .slice(0, -1)
    .flatMap((id) => graph.node(id).inputs.flatMap((input) => (counts.has(input) ? [[id, input] as const] : [])));
  if (which === 'from the beginning') {
    counts.set(way[0]!, 1n);
    for (const [id, input] of edges) counts.set(input, counts.get(input)! + counts.get(id)!);
  } else {
    counts.set(way.at(-1)!, 1n);
    for (const [id, input] of edges.reverse()) counts.set(id, counts.get(id)! + counts.get(input)!);
  }
  return counts;
}
