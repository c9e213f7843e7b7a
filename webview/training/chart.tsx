import { useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Series } from '../../engine/protocol/training.ts';
import { moveTraining } from '../state.ts';
import { chartOptions } from './chart-options.ts';
import { Legend } from './legend.tsx';
import { columnsOf } from './series.ts';
import { type ChartTheme, whileThemed } from './theme.ts';
import { pointed, scrubTo, scrubbed, training } from './training-state.ts';

export interface Line {
  readonly name: string;
  readonly series: Series;
}

interface ChartProps {
  readonly title: string;
  /** What the chart says, for whom it is no picture. */
  readonly summary: string;
  readonly lines: readonly Line[];
  readonly isLog: boolean;
  /** Numbers that are as they should be. */
  readonly band?: readonly [low: number, high: number];
  readonly children?: ComponentChildren;
}

/** Lines over the steps of a training. A click shows the graph of that step. */
export function Chart({ title, summary, lines, isLog, band, children }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const theme = useSignal<ChartTheme | null>(null);
  const { steps, values } = columnsOf(
    lines.map(({ series }) => series),
    isLog,
  );
  const data = [steps, ...values] as UPlot.AlignedData;
  const latest = useRef(data);
  latest.current = data;

  useEffect(() => whileThemed(frame.current!, (next) => (theme.value = next)), []);

  const made = `${lines.length} ${isLog}`;
  useEffect(() => {
    const element = frame.current!;
    if (theme.value === null) return;
    const made = new UPlot(
      chartOptions(element, theme.value, lines.length, isLog, band, () => scrubbed.peek()),
      latest.current,
      element,
    );
    plot.current = made;
    const stepAt = (event: MouseEvent): number =>
      Math.min(training.peek()?.step ?? 1, Math.max(1, Math.round(made.posToVal(event.offsetX, 'x'))));
    made.over.addEventListener('mousemove', (event) => (pointed.value = stepAt(event)));
    made.over.addEventListener('mouseleave', () => (pointed.value = null));
    made.over.addEventListener('click', (event) => {
      scrubTo(stepAt(event));
      moveTraining({ kind: 'show', step: stepAt(event) });
    });
    const watcher = new ResizeObserver(() => {
      const { width, height } = element.getBoundingClientRect();
      if (width > 0 && height > 0) made.setSize({ width, height });
    });
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [made, theme.value]);

  useEffect(() => plot.current?.setData(latest.current), [training.value]);
  useSignalEffect(() => {
    // Read before the chart is there, or this would never be called again.
    void scrubbed.value;
    plot.current?.redraw(false);
  });

  return (
    <section class="chart" data-chart={title}>
      <h3>
        {title}
        {children}
      </h3>
      <div class="chart-frame" ref={frame} role="img" aria-label={summary} />
      <Legend title={title} lines={lines} />
    </section>
  );
}
