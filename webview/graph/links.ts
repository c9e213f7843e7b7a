import type { Box, Point } from '../../engine/picture/layout.ts';
import type { Scene } from './scene.ts';

/** A line between the two graphs. `gradient`: from a node to its gradient. `value`: from a value to a rule that reads it. */
export interface Link {
  readonly kind: 'gradient' | 'value';
  readonly from: Point;
  readonly to: Point;
}

/** What connects a node of G with B, where both are drawn. */
export function linksOf(scene: Scene, node: number): readonly Link[] {
  const forward = new Map(
    scene.nodes.flatMap(({ side, view, box }) => (side === 'forward' ? [[view.id as number, box]] : [])),
  );
  const links: Link[] = [];
  for (const { side, view, box } of scene.nodes) {
    if (side === 'forward' || view.of !== node) continue;
    const reads = new Set<number>(view.reads);
    for (const [read, from] of forward) {
      const kind = view.whole && read === node ? 'gradient' : reads.has(read) ? 'value' : null;
      if (kind) links.push({ kind, ...ends(from, box, scene.vertical) });
    }
  }
  return links;
}

/** From the side of one box to the side of the other that faces it. */
function ends(from: Box, to: Box, vertical: boolean): { from: Point; to: Point } {
  return vertical
    ? {
        from: { x: from.x + from.width, y: from.y + from.height / 2 },
        to: { x: to.x, y: to.y + to.height / 2 },
      }
    : {
        from: { x: from.x + from.width / 2, y: from.y + from.height },
        to: { x: to.x + to.width / 2, y: to.y },
      };
}
