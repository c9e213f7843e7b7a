import { type Size, sizeOfNode } from './size.ts';

/** Which way edges point. */
export type Direction = 'down' | 'right' | 'up' | 'left';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point, Size {}

/** What of a graph decides about its layout. */
export interface Drawable {
  readonly nodes: readonly {
    readonly id: number;
    readonly name: string;
    readonly op: string;
    readonly shape: string;
    /** Where it is not the usual one. */
    readonly size?: Size;
  }[];
  readonly edges: readonly { readonly from: number; readonly to: number }[];
  readonly structure: string;
}

/** Where everything stands, in the graph's own pixels. */
export interface Layout {
  readonly direction: Direction;
  readonly boxes: ReadonlyMap<number, Box>;
  /** By `from>to`: where the edge leaves, bends, and arrives. */
  readonly edges: ReadonlyMap<string, readonly Point[]>;
  readonly size: Size;
}

export const edgeKey = (from: number, to: number): string => `${from}>${to}`;
export const isVertical = (direction: Direction): boolean => direction === 'down' || direction === 'up';

/** A layout in one pass: every node behind what it reads, in rows. Plain, but there at once; drawn when the good one takes too long. */
export function layered(graph: Drawable, direction: Direction): Layout {
  const rank = ranksOf(graph);
  const vertical = isVertical(direction);
  const filled = new Map<number, number>();
  const boxes = new Map<number, Box>();
  const [gap, step] = [28, vertical ? 128 : 260];
  const last = Math.max(0, ...rank.values());
  for (const node of graph.nodes) {
    const size = node.size ?? sizeOfNode(node);
    const forth = rank.get(node.id)!;
    const row = direction === 'up' || direction === 'left' ? last - forth : forth;
    const along = filled.get(row) ?? 0;
    filled.set(row, along + (vertical ? size.width : size.height) + gap);
    boxes.set(node.id, vertical ? { x: along, y: row * step, ...size } : { x: row * step, y: along, ...size });
  }
  const edges = new Map(
    graph.edges.map(({ from, to }) => [edgeKey(from, to), straight(boxes.get(from)!, boxes.get(to)!, direction)]),
  );
  return { direction, boxes, edges, size: extent(boxes) };
}

/**
 * How many steps a node is from one that reads nothing, at most; of one that reads nothing itself, one less than what reads it
 * first, or thousands of parameters would stand in one row. What a node reads is laid before it, in any order of the list.
 */
function ranksOf({ nodes, edges }: Drawable): ReadonlyMap<number, number> {
  const reads = new Map<number, number[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of edges) reads.get(to)!.push(from);
  const rank = new Map<number, number>();
  for (const { id } of nodes) rank.set(id, Math.max(-1, ...reads.get(id)!.map((from) => rank.get(from) ?? 0)) + 1);
  const first = new Map<number, number>();
  for (const { from, to } of edges) first.set(from, Math.min(first.get(from) ?? Infinity, rank.get(to)!));
  for (const { id } of nodes) if (reads.get(id)!.length === 0) rank.set(id, Math.max(0, (first.get(id) ?? 1) - 1));
  return rank;
}

export function straight(from: Box, to: Box, direction: Direction): Point[] {
  const centre = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const [a, b] = [centre(from), centre(to)];
  switch (direction) {
    case 'down':
      return [
        { x: a.x, y: from.y + from.height },
        { x: b.x, y: to.y },
      ];
    case 'up':
      return [
        { x: a.x, y: from.y },
        { x: b.x, y: to.y + to.height },
      ];
    case 'right':
      return [
        { x: from.x + from.width, y: a.y },
        { x: to.x, y: b.y },
      ];
    case 'left':
      return [
        { x: from.x, y: a.y },
        { x: to.x + to.width, y: b.y },
      ];
  }
}

export const extent = (boxes: ReadonlyMap<number, Box>): Size => ({
  width: Math.max(0, ...[...boxes.values()].map(({ x, width }) => x + width)),
  height: Math.max(0, ...[...boxes.values()].map(({ y, height }) => y + height)),
});
