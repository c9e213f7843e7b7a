import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import {
  type Box,
  type Direction,
  type Drawable,
  type Layout,
  type Point,
  edgeKey,
  extent,
  straight,
} from './layout.ts';
import { readingOrder } from './reading-order.ts';
import { sizeOfNode } from './size.ts';

/** The graph in elkjs' words. Nodes that have places are asked to keep them. */
export function toElk(graph: Drawable, direction: Direction, places: ReadonlyMap<number, Point> | null): ElkNode {
  const { rank, rows } = readingOrder(graph);
  const inOrder = (a: number, b: number): number => rank.get(a)! - rank.get(b)!;
  const edge = (prefix: string, { from, to }: { from: number; to: number }): ElkExtendedEdge => ({
    id: prefix + edgeKey(from, to),
    sources: [String(from)],
    targets: [String(to)],
  });
  return {
    id: 'graph',
    layoutOptions: { ...options(direction), ...(places ? interactive : {}) },
    children: [...graph.nodes]
      .sort((a, b) => inOrder(a.id, b.id))
      .map((node) => ({
        id: String(node.id),
        ...(node.size ?? sizeOfNode(node)),
        ...places?.get(node.id),
      })),
    edges: [
      ...[...graph.edges].sort((a, b) => inOrder(a.from, b.from)).map((one) => edge('', one)),
      ...rows.map((one) => edge(invisible, one)),
    ],
  };
}

/** Begins the names of edges that are there for the layout alone. */
const invisible = 'row ';

const options = (direction: Direction): Record<string, string> => ({
  'elk.algorithm': 'layered',
  'elk.direction': direction.toUpperCase(),
  'elk.edgeRouting': 'POLYLINE',
  'elk.spacing.nodeNode': '20',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.thoroughness': '3',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
});

/**
 * All three, or nodes jump: without placement most of an unchanged graph moves sideways. Not cycle breaking as well: it takes
 * edges to new nodes, which have no places yet, for edges of cycles, and turns them round.
 */
const interactive: Record<string, string> = {
  'elk.layered.layering.strategy': 'INTERACTIVE',
  'elk.layered.crossingMinimization.strategy': 'INTERACTIVE',
  'elk.layered.nodePlacement.strategy': 'INTERACTIVE',
};

export function fromElk(result: ElkNode, direction: Direction): Layout {
  const boxes = new Map<number, Box>();
  for (const { id, x = 0, y = 0, width = 0, height = 0 } of result.children ?? [])
    boxes.set(Number(id), { x, y, width, height });
  const drawn = (result.edges ?? []).filter(({ id }) => !id.startsWith(invisible));
  const edges = new Map(drawn.map((edge) => [edge.id, pointsOf(edge, boxes, direction)]));
  return { direction, boxes, edges, size: extent(boxes) };
}

function pointsOf(
  { sections, sources, targets }: ElkExtendedEdge,
  boxes: ReadonlyMap<number, Box>,
  direction: Direction,
): readonly Point[] {
  const section = sections?.[0];
  if (!section) return straight(boxes.get(Number(sources[0]))!, boxes.get(Number(targets[0]))!, direction);
  return [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
}
