import type { Box } from '../../engine/picture/layout.ts';
import type { Size } from '../../engine/picture/size.ts';

const gap = 12;
const edge = 8;

/** Where a card hides least of the node it is about and of the path that it explains; near the node, if it can be. */
export function placeCard(node: Box, path: readonly Box[], card: Size, view: Size): { left: number; top: number } {
  const right = view.width - card.width - edge;
  const bottom = view.height - card.height - edge;
  const inside = (left: number, top: number) => ({
    left: Math.max(edge, Math.min(left, right)),
    top: Math.max(edge, Math.min(top, bottom)),
  });
  const candidates = [
    inside(node.x + node.width + gap, node.y),
    inside(node.x - gap - card.width, node.y),
    inside(node.x, node.y - gap - card.height),
    inside(right, node.y),
    inside(edge, node.y),
    inside(right, edge),
    inside(edge, edge),
    inside(right, bottom),
    inside(edge, bottom),
  ];
  const hidden = candidates.map((place) => {
    const box = { x: place.left, y: place.top, ...card };
    // The node itself counts most: a card over it would be in the way of the pointer's own target.
    return 4 * overlap(box, node) + path.reduce((sum, one) => sum + overlap(box, one), 0);
  });
  return candidates[hidden.indexOf(Math.min(...hidden))]!;
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}
