import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { countText } from '../../engine/base/count-text.ts';
import { t } from '../../engine/base/l10n.ts';
import { formatShort } from '../../engine/explain/numbers.ts';
import type { Ridgeline } from '../../engine/protocol/training.ts';
import { valueOf } from '../ui/kit.ts';
import { drawRidges, nearestOf } from './draw-ridges.ts';
import { type ChartTheme, whileThemed } from './theme.ts';
import { readStep, scrubbed } from './training-state.ts';

/** How the elements of one tensor are spread over the steps, and its gradient's beside it. */
export function Ridgelines({ ridgelines }: { readonly ridgelines: readonly Ridgeline[] }) {
  const wanted = useSignal<string | null>(null);
  const names = [...new Set(ridgelines.map(({ name }) => name))];
  const name = names.find((one) => one === wanted.value) ?? names[0]!;
  return (
    <section class="chart ridgelines" data-chart="histograms">
      <h3>
        {t('Histograms')}
        <vscode-dropdown
          aria-label={t('Histograms of')}
          value={name}
          onChange={(event) => (wanted.value = valueOf(event))}
        >
          {names.map((one) => (
            <vscode-option key={one} value={one} selected={one === name}>
              {one}
            </vscode-option>
          ))}
        </vscode-dropdown>
      </h3>
      <div class="ridges">
        {ridgelines
          .filter((one) => one.name === name && one.ridges.length > 0)
          .map((one) => (
            <Ridges key={`${one.name} ${one.of}`} ridgeline={one} />
          ))}
      </div>
    </section>
  );
}

function Ridges({ ridgeline }: { readonly ridgeline: Ridgeline }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useSignal<ChartTheme | null>(null);
  const size = useSignal({ width: 0, height: 0 });
  const latest = useSignal(ridgeline);
  latest.value = ridgeline;
  useEffect(() => whileThemed(canvas.current!, (next) => (theme.value = next)), []);
  useEffect(() => {
    const picture = canvas.current!;
    const watcher = new ResizeObserver(() => {
      const { width, height } = picture.getBoundingClientRect();
      picture.width = Math.round(width * devicePixelRatio);
      picture.height = Math.round(height * devicePixelRatio);
      size.value = { width, height };
    });
    watcher.observe(picture);
    return () => watcher.disconnect();
  }, []);
  useSignalEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context && theme.value && size.value.width > 0)
      drawRidges(context, latest.value, scrubbed.value, size.value, theme.value);
  });
  const title = ridgeline.of === 'activation' ? ridgeline.name : `|∂L/∂${ridgeline.name}|`;
  return (
    <figure>
      <canvas ref={canvas} role="img" aria-label={summaryOf(title, ridgeline)} />
      <figcaption>
        {title} <span class="dim">{zerosText(ridgeline)}</span>
      </figcaption>
    </figure>
  );
}

function summaryOf(title: string, { steps, ridges, scale }: Ridgeline): string {
  const at = (i: number): string => {
    const { low, high } = ridges.at(i)!;
    const end = (value: number): string => formatShort(scale === 'log10' ? 10 ** value : value);
    return t('at step {0} from {1} to {2}', countText(String(steps.at(i))), end(low), end(high));
  };
  return `${title}: ${at(0)}, ${at(-1)}`;
}

/** Exact zeros have no logarithm: how many there are is said apart. */
function zerosText({ steps, ridges }: Ridgeline): string {
  const { zeros, counts } = ridges[nearestOf(steps, readStep.value)]!;
  const size = zeros + counts.reduce((sum, count) => sum + count, 0);
  return zeros === 0 ? '' : t('{0} % zero', formatShort((100 * zeros) / size));
}
