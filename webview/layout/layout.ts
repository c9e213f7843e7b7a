import type { GraphView } from '../../engine/explain/view.ts';
import { type Size, sizeOfNode } from './size.ts';

export type Direction = 'down' | 'right';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point, Size {}

/** Where everything stands, in the graph's own pixels. */
export interface Layout {
  readonly direction: Direction;
  readonly boxes: ReadonlyMap<number, Box>;
  /** By `from>to`: where the edge leaves, bends, and arrives. */
  readonly edges: ReadonlyMap<string, readonly Point[]>;
  readonly size: Size;
}

export const edgeKey = (from: number, to: number): string => `${from}>${to}`;

/** A layout in one pass: every node below what it reads, in rows. Plain, but there at once; drawn when the good one takes too long. */
export function layered(graph: GraphView, direction: Direction): Layout {
  const rank = new Map<number, number>();
  for (const { id } of graph.nodes) {
    const inputs = graph.edges.filter(({ to }) => to === id).map(({ from }) => rank.get(from) ?? 0);
    rank.set(id, inputs.length === 0 ? 0 : Math.max(...inputs) + 1);
  }
  const filled = new Map<number, number>();
  const boxes = new Map<number, Box>();
  const [gap, step] = [28, direction === 'down' ? 128 : 260];
  for (const node of graph.nodes) {
    const size = sizeOfNode(node);
    const row = rank.get(node.id)!;
    const along = filled.get(row) ?? 0;
    filled.set(row, along + (direction === 'down' ? size.width : size.height) + gap);
    boxes.set(
      node.id,
      direction === 'down' ? { x: along, y: row * step, ...size } : { x: row * step, y: along, ...size },
    );
  }
  const edges = new Map(
    graph.edges.map(({ from, to }) => [edgeKey(from, to), straight(boxes.get(from)!, boxes.get(to)!, direction)]),
  );
  return { direction, boxes, edges, size: extent(boxes) };
}

export const straight = (from: Box, to: Box, direction: Direction): Point[] =>
  direction === 'down'
    ? [
        { x: from.x + from.width / 2, y: from.y + from.height },
        { x: to.x + to.width / 2, y: to.y },
      ]
    : [
        { x: from.x + from.width, y: from.y + from.height / 2 },
        { x: to.x, y: to.y + to.height / 2 },
      ];

export const extent = (boxes: ReadonlyMap<number, Box>): Size => ({
  width: Math.max(0, ...[...boxes.values()].map(({ x, width }) => x + width)),
  height: Math.max(0, ...[...boxes.values()].map(({ y, height }) => y + height)),
});
