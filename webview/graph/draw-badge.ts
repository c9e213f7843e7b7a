import type { Severity } from '../health/marks.ts';
import type { Box } from '../../engine/picture/layout.ts';
import type { Theme } from './theme.ts';

const size = 8;
/** Pixels of the screen, when the graph is seen from afar. */
const least = 5;

/** On a node's corner: a triangle for a warning, a disc for an error, a ring for a note. Told apart without their colours. */
export function drawBadge(
  context: CanvasRenderingContext2D,
  { x, y, width }: Box,
  severity: Severity,
  theme: Theme,
  zoom: number,
): void {
  const radius = Math.max(size, least / zoom);
  const [cx, cy] = [x + width - 3, y + 2];
  const colour = { error: theme.hot, warning: theme.warm, info: theme.cold }[severity];
  context.beginPath();
  if (severity === 'warning') {
    context.moveTo(cx, cy - radius);
    context.lineTo(cx + radius, cy + radius * 0.75);
    context.lineTo(cx - radius, cy + radius * 0.75);
    context.closePath();
  } else context.arc(cx, cy, radius - 1, 0, 2 * Math.PI);
  context.fillStyle = severity === 'info' ? theme.background : colour;
  context.strokeStyle = severity === 'info' ? colour : theme.background;
  context.lineJoin = 'round';
  context.lineWidth = radius / 5;
  context.stroke();
  context.fill();
  context.fillStyle = severity === 'info' ? colour : theme.background;
  context.font = `bold ${radius * 1.25}px ${theme.mono}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(
    { error: '×', warning: '!', info: 'i' }[severity],
    cx,
    cy + (severity === 'warning' ? 0.2 : 0.06) * radius,
  );
}
