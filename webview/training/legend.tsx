import { formatNumber } from '../../engine/explain/numbers.ts';
import { t } from '../../engine/base/l10n.ts';
import type { Series } from '../../engine/protocol/training.ts';
import { valueAt } from './series.ts';
import { colourCount } from './theme.ts';
import { readStep } from './training-state.ts';

interface LegendProps {
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly series: Series }[];
}

/** The lines of a chart with their numbers at the step that is read. */
export function Legend({ title, lines }: LegendProps) {
  return (
    // Many lines are scrolled, by keyboard too.
    <ul class="chart-legend" aria-label={title} tabIndex={0}>
      {lines.map(({ name, series }, i) => (
        <li key={`${i} ${name}`} title={name}>
          <i class={i < colourCount ? '' : 'dashed'} style={{ borderTopColor: `var(--rg-line-${i % colourCount})` }} />
          <span class="name">{name}</span>
          <span class="number">{numberText(valueAt(series, readStep.value))}</span>
        </li>
      ))}
    </ul>
  );
}

function numberText(value: number | null | undefined): string {
  if (value === undefined) return '';
  return value === null ? t('not finite') : formatNumber(value);
}
