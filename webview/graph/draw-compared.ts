import type { Box } from '../../engine/picture/layout.ts';
import { type DrawnMark, signs } from '../compare/marks.ts';
import type { Theme } from './theme.ts';

/** Between the node and its outline; half of a side of the sign. */
const [apart, half] = [3, 7];
/** Pixels of the screen, when the graph is seen from afar. */
const least = { line: 1.5, half: 4.5 } as const;

export const outlines: Readonly<Record<DrawnMark, readonly number[]>> = { added: [], changed: [5, 3] };

/** Round a node that a comparison speaks of: an outline, through or dashed, with the sign of the table at its left corner. */
export function drawCompared(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Box,
  mark: DrawnMark,
  theme: Theme,
  zoom: number,
): void {
  const colour = theme[mark];
  const radius = Math.max(half, least.half / zoom);
  context.beginPath();
  context.roundRect(x - apart, y - apart, width + 2 * apart, height + 2 * apart, 6 + apart);
  context.strokeStyle = colour;
  context.lineWidth = Math.max(2, least.line / zoom);
  context.setLineDash(outlines[mark].map((length) => (length * context.lineWidth) / 2));
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.roundRect(x - apart - radius, y - apart - radius, 2 * radius, 2 * radius, radius / 3);
  context.fillStyle = colour;
  context.fill();
  context.fillStyle = theme.background;
  context.font = `bold ${radius * 1.9}px ${theme.mono}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(signs[mark], x - apart, y - apart + radius / 12);
}
