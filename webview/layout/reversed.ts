import type { BackwardGraphView } from '../../engine/explain/backward-graph/view.ts';
import { type Box, type Layout, type Point, edgeKey } from '../../engine/picture/layout.ts';

/**
 * The backward graph where the forward graph stands: each gradient in the place of its node, edges the other way. Null when
 * it has nodes or edges that the forward graph has not.
 */
export function reversed(graph: BackwardGraphView, forward: Layout): Layout | null {
  const boxes = new Map<number, Box>();
  for (const { id, of, whole } of graph.nodes) {
    const box = forward.boxes.get(of);
    if (!box || !whole) return null;
    boxes.set(id, box);
  }
  const subjects = new Map(graph.nodes.map(({ id, of }) => [id, of]));
  const edges = new Map<string, readonly Point[]>();
  for (const { from, to } of graph.edges) {
    const points = forward.edges.get(edgeKey(subjects.get(to)!, subjects.get(from)!));
    if (!points) return null;
    edges.set(edgeKey(from, to), [...points].reverse());
  }
  const back = { down: 'up', up: 'down', right: 'left', left: 'right' } as const;
  return { direction: back[forward.direction], boxes, edges, size: forward.size };
}
