import type { Ridge, Ridgeline } from '../../engine/protocol/training.ts';
import { formatShort } from '../../engine/explain/numbers.ts';
import type { ChartTheme } from './theme.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const axisHeight = 16;
const labelWidth = 40;

/** The oldest step is at the back, the newest in front; each is as high as its own fullest bin, because only shapes are compared. */
export function drawRidges(
  context: CanvasRenderingContext2D,
  { ridges, steps, scale }: Ridgeline,
  marked: number | null,
  { width, height }: Size,
  theme: ChartTheme,
): void {
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);
  const [low, high] = domainOf(ridges);
  const inner = width - labelWidth - 8;
  const x = (value: number): number => labelWidth + ((value - low) / (high - low)) * inner;
  // Ridges overlap by what they are higher than apart.
  const tall = Math.min(32, (height - axisHeight) * 0.4);
  const between = ridges.length < 2 ? 0 : (height - axisHeight - tall - 4) / (ridges.length - 1);
  const base = (i: number): number => tall + 2 + i * between;
  const nearest = marked === null ? null : nearestOf(steps, marked);
  ridges.forEach((ridge, i) => {
    const isMarked = i === nearest;
    const age = ridges.length < 2 ? 1 : i / (ridges.length - 1);
    outline(context, ridge, x, base(i), tall);
    context.globalAlpha = isMarked ? 0.9 : 0.25 + 0.5 * age;
    context.fillStyle = theme.background;
    context.fill();
    context.fillStyle = isMarked ? theme.warm : theme.lines[0]!;
    context.globalAlpha *= 0.5;
    context.fill();
    context.globalAlpha = isMarked ? 1 : 0.45 + 0.55 * age;
    context.strokeStyle = isMarked ? theme.warm : theme.lines[0]!;
    context.lineWidth = isMarked ? 1.5 : 1;
    context.stroke();
  });
  context.globalAlpha = 1;
  context.fillStyle = theme.dim;
  context.font = theme.font;
  context.textAlign = 'right';
  for (const i of new Set([0, ridges.length - 1])) context.fillText(formatShort(steps[i]!), labelWidth - 6, base(i));
  const end = (at: number): string => formatShort(scale === 'log10' ? 10 ** at : at);
  context.textAlign = 'left';
  context.fillText(end(low), labelWidth - 16, height - 3);
  context.textAlign = 'right';
  context.fillText(end(high), width - 8, height - 3);
}

/** Which of some ascending numbers is nearest to one. */
export const nearestOf = (steps: readonly number[], step: number): number =>
  steps.reduce((best, one, i) => (Math.abs(one - step) < Math.abs(steps[best]! - step) ? i : best), 0);

/** What all ridges lie in; never empty. */
function domainOf(ridges: readonly Ridge[]): readonly [number, number] {
  const low = Math.min(...ridges.map((ridge) => ridge.low));
  const high = Math.max(...ridges.map((ridge) => ridge.high));
  return high > low ? [low, high] : [low - 0.5, low + 0.5];
}

function outline(
  context: CanvasRenderingContext2D,
  { low, high, counts }: Ridge,
  x: (value: number) => number,
  base: number,
  tall: number,
): void {
  const most = Math.max(1, ...counts);
  const wide = (high - low) / Math.max(1, counts.length);
  context.beginPath();
  context.moveTo(x(low), base);
  counts.forEach((count, i) => context.lineTo(x(low + (i + 0.5) * wide), base - (count / most) * tall));
  context.lineTo(x(high), base);
  context.closePath();
}
