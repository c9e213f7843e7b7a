import type { GraphView, NodeView } from '../../engine/explain/view.ts';
import { type Box, type Layout, type Point, edgeKey } from '../layout/layout.ts';

/** What is to be drawn, without knowing how. */
export interface Scene {
  readonly nodes: readonly { readonly view: NodeView; readonly box: Box }[];
  readonly edges: readonly {
    readonly key: string;
    readonly from: number;
    readonly to: number;
    readonly points: readonly Point[];
    readonly label: string | null;
  }[];
  readonly layout: Layout;
}

export function sceneOf(graph: GraphView, layout: Layout): Scene {
  const nodes = graph.nodes.flatMap((view) => {
    const box = layout.boxes.get(view.id);
    return box ? [{ view, box }] : [];
  });
  const edges = graph.edges.flatMap(({ from, to, label }) => {
    const key = edgeKey(from, to);
    const points = layout.edges.get(key);
    return points ? [{ key, from, to, points, label }] : [];
  });
  return { nodes, edges, layout };
}

/** The node at a point of the graph; of several, the one drawn last. */
export function nodeAt({ nodes }: Scene, { x, y }: Point): NodeView | null {
  const hit = nodes.filter(({ box }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height);
  return hit.at(-1)?.view ?? null;
}

/** Name, op, or a condition on the gradient's size: `grad < 1e-6`. */
export function matches({ name, sourceName, op, gradient }: NodeView, query: string): boolean {
  const condition = /^\s*grad\s*([<>])\s*(\S+)\s*$/i.exec(query);
  if (condition) {
    const [limit, magnitude] = [Number(condition[2]), gradient?.magnitude ?? null];
    return magnitude !== null && (condition[1] === '<' ? magnitude < limit : magnitude > limit);
  }
  const wanted = query.trim().toLowerCase();
  return [name, sourceName ?? '', op].some((text) => text.toLowerCase().includes(wanted));
}
