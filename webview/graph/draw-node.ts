import type { NodeKind } from '../../engine/explain/view.ts';
import type { Box } from '../../engine/picture/layout.ts';
import type { Face } from './face.ts';
import { colourAt, placeOnScale } from '../../engine/picture/gradient-size.ts';
import type { Theme } from './theme.ts';

const inset = 14;
const corners: Readonly<Record<NodeKind, number>> = { parameter: 14, input: 2, constant: 2, op: 6, loss: 6 };
const dashes: Readonly<Record<NodeKind, number[]>> = {
  parameter: [],
  input: [4, 3],
  constant: [1, 3],
  op: [],
  loss: [],
};

/**
 * One node: name, op, value, gradient, and the bar that says how large the gradient is. From afar, where nothing could be read and
 * the bar would be less than a pixel, the whole box has the gradient's colour: where it fades is seen at first sight.
 */
export function drawNode(
  context: CanvasRenderingContext2D,
  node: Face,
  box: Box,
  theme: Theme,
  ring: string | null,
  text: boolean,
): void {
  const { x, y, width, height } = box;
  context.beginPath();
  context.roundRect(x, y, width, height, corners[node.kind]);
  const size = text ? null : placeOnScale(node.magnitude);
  context.fillStyle = size !== null ? colourAt(size) : node.kind === 'loss' ? theme.loss : theme.card;
  context.fill();
  context.setLineDash(ring ? [] : dashes[node.kind]);
  context.strokeStyle = ring ?? (node.kind === 'parameter' ? theme.strongBorder : theme.border);
  context.lineWidth = ring ? 2 : 1.2;
  context.stroke();
  context.setLineDash([]);
  if (!text) return;
  drawBar(context, node, box, theme);
  drawText(context, node, box, theme);
}

function drawBar(
  context: CanvasRenderingContext2D,
  { magnitude, kind }: Face,
  { x, y, height }: Box,
  theme: Theme,
): void {
  const place = placeOnScale(magnitude);
  const margin = kind === 'parameter' ? 12 : 5;
  context.fillStyle = place === null ? theme.dim : colourAt(place);
  context.globalAlpha *= place === null ? 0.5 : 1;
  context.beginPath();
  context.roundRect(x, y + margin, 4, height - 2 * margin, 2);
  context.fill();
  if (place === null) context.globalAlpha /= 0.5;
}

function drawText(context: CanvasRenderingContext2D, face: Face, { x, y, width, height }: Box, theme: Theme): void {
  const right = x + width - 10;
  const write = (text: string, at: number, line: number, colour: string, align: CanvasTextAlign, size = 12): void => {
    context.font = `${size}px ${theme.mono}`;
    context.textAlign = align;
    context.textBaseline = 'alphabetic';
    context.fillStyle = colour;
    // Numbers at the ends of their range are longer than what a box is made for: they get narrower, and stay inside.
    context.fillText(text, at, y + line, width - inset - 6);
  };
  const { name, op, shape, value, gradient, histogram } = face;
  const tensor = shape !== 'scalar';
  write(name, x + inset, 20, theme.text, 'left', 12.5);
  write(tensor ? `${op} ${shape}` : op, right, 20, theme.dim, 'right', 11);
  if (value === null) write(gradient, x + inset, 42, theme.warm, 'left');
  else {
    write(value, x + inset, 42, theme.text, 'left');
    if (tensor) write(gradient, x + inset, 60, theme.warm, 'left');
    else write(gradient, right, 42, theme.warm, 'right');
  }
  if (!tensor) return;
  // What is written of a tensor are two lines or three.
  const tall = value !== null && gradient !== '' ? 12 : Math.min(28, height - 56);
  drawHistogram(
    context,
    histogram,
    { x: x + inset, y: y + height - 6 - tall, width: width - 2 * inset, height: tall },
    theme,
  );
}

function drawHistogram(
  context: CanvasRenderingContext2D,
  counts: readonly number[],
  { x, y, width, height }: Box,
  theme: Theme,
): void {
  const largest = Math.max(...counts);
  if (counts.length === 0 || largest === 0) return;
  const step = width / counts.length;
  context.fillStyle = theme.dim;
  counts.forEach((count, i) => {
    const tall = (count / largest) * height;
    context.fillRect(x + i * step, y + height - tall, Math.max(1, step - 1), tall);
  });
}
