import UPlot from 'uplot';
import { formatExact, formatShort } from '../../engine/explain/numbers.ts';
import { type ChartTheme, colourCount } from './theme.ts';

type Band = readonly [low: number, high: number];

/** How a chart looks and what its axes hold. */
export function chartOptions(
  frame: Element,
  theme: ChartTheme,
  lineCount: number,
  isLog: boolean,
  band: Band | undefined,
  marked: () => number | null,
): UPlot.Options {
  const { width, height } = frame.getBoundingClientRect();
  const axis = {
    stroke: theme.dim,
    font: theme.font,
    grid: { stroke: theme.border, width: 0.5 },
    ticks: { show: false },
    values: (_: UPlot, splits: (number | null)[]) => splits.map((at) => (at === null ? '' : formatShort(at))),
  };
  return {
    width: Math.max(1, width),
    height: Math.max(1, height),
    legend: { show: false },
    padding: [6, 16, 0, 0],
    cursor: { y: false, drag: { x: false, y: false, setScale: false }, sync: { key: 'training' }, points: { size: 4 } },
    scales: {
      x: { time: false, range: (_, _low, high) => [1, Math.max(2, high ?? 2)] },
      y: { distr: isLog ? 3 : 1, log: 10, range: (_, low, high) => rangeOf(low, high, isLog, band) },
    },
    axes: [
      { ...axis, size: 20, gap: 2, space: 56 },
      isLog
        ? {
            ...axis,
            size: 50,
            gap: 4,
            splits: (_, __, low, high) => decadesOf(low, high),
            filter: (_, all) => all,
            values: (_, all) => all.map(formatExact),
          }
        : { ...axis, size: 50, gap: 4, space: 24 },
    ],
    series: [
      {},
      ...Array.from({ length: lineCount }, (_, i) => ({
        stroke: theme.lines[i % colourCount]!,
        width: 1.25,
        points: { show: false },
        ...(i < colourCount ? {} : { dash: [4, 3] }),
      })),
    ],
    hooks: {
      drawClear: [(plot) => band && drawBand(plot, band, theme)],
      draw: [(plot) => drawMark(plot, marked(), theme)],
    },
  };
}

/** With a margin, and with the whole of the band in sight. */
function rangeOf(low: number | null, high: number | null, isLog: boolean, band: Band | undefined): UPlot.Range.MinMax {
  const ends = [low, high, ...(band ?? [])].filter((end) => end !== null && Number.isFinite(end)) as number[];
  if (ends.length === 0) return isLog ? [0.1, 1] : [0, 1];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  return isLog ? [least / 1.5, most * 1.5] : UPlot.rangeNum(least, most, 0.08, true);
}

/** Powers of ten from one number to another; of many, every second, third … */
function decadesOf(low: number, high: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const every = Math.max(1, Math.ceil((last - first + 1) / 5));
  // By way of text: 10 ** −5 is 0.000009999999999999999.
  return Array.from({ length: Math.max(0, Math.floor((last - first) / every) + 1) }, (_, i) =>
    Number(`1e${first + i * every}`),
  );
}

function drawBand(plot: UPlot, [low, high]: Band, theme: ChartTheme): void {
  const { ctx, bbox } = plot;
  const [top, bottom] = [plot.valToPos(high, 'y', true), plot.valToPos(low, 'y', true)];
  ctx.save();
  ctx.globalAlpha = 0.18;
  ctx.fillStyle = theme.lines[2]!;
  ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  ctx.restore();
}

/** A line at the step whose graph is shown. */
function drawMark(plot: UPlot, step: number | null, theme: ChartTheme): void {
  if (step === null) return;
  const { ctx, bbox } = plot;
  const x = Math.round(plot.valToPos(step, 'x', true));
  ctx.save();
  ctx.strokeStyle = theme.warm;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}
