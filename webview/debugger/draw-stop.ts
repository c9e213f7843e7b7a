import type { Box } from '../../engine/picture/layout.ts';
import type { Theme } from '../graph/theme.ts';

/** Pixels of the screen between a node and the ring round it, and the ring's width, when the graph is seen from afar. */
const [apart, least] = [4, 1.5];

/** Round the node that a debug session works on next. A ring of its own: what is pointed at has a coloured border too. */
export function drawStop(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Box,
  theme: Theme,
  zoom: number,
): void {
  const distance = Math.max(apart, apart / zoom / 2);
  context.beginPath();
  context.roundRect(x - distance, y - distance, width + 2 * distance, height + 2 * distance, 6 + distance);
  context.strokeStyle = theme.accent;
  context.lineWidth = Math.max(2, least / zoom);
  context.stroke();
}
