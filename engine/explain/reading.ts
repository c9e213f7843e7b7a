import { t } from '../base/l10n.ts';
import type { Shape } from '../tensor/shape.ts';
import { type Content, type Statistics, maxElements } from '../trace/format.ts';
import { statisticsOf } from '../trace/statistics.ts';
import { formatNumber, formatShort } from './numbers.ts';
import type { Reading } from './view.ts';

const bins = 16;

/** A tensor's content in a reader's words. */
export function readingOf({ statistics, data }: Content, shape: Shape): Reading {
  if (statistics.size === 1 && data) return readingOfNumber(data[0]!);
  const magnitude = Number.isFinite(statistics.norm) ? statistics.norm : null;
  return {
    text: shape.length === 0 || statistics.size === 0 ? t('empty') : textOf(statistics),
    magnitude,
    scalar: null,
    rows: rowsOf(statistics),
    histogram: data ? histogramOf(data, statistics) : [],
    data: data && data.length <= maxElements ? Array.from(data) : null,
  };
}

/** Mean and deviation; where some elements are not finite, first of all how many, for the mean is of the others alone. */
function textOf(s: Statistics): string {
  const counts = notFinite(s).map(({ label, text }) => `${label} ${text}`);
  if (counts.length === 0) return `μ ${formatShort(s.mean)} σ ${formatShort(s.deviation)}`;
  const left = s.size - s.nan - s.positiveInfinity - s.negativeInfinity;
  return [...counts, ...(left > 0 ? [`μ ${formatShort(s.mean)}`] : [])].join(' ');
}

export const readingOfNumber = (x: number): Reading => ({
  text: formatNumber(x),
  magnitude: Number.isFinite(x) ? Math.abs(x) : null,
  scalar: x,
  rows: [],
  histogram: [],
  data: [x],
});

/** What was not worked out. */
export const unknownReading = (): Reading => ({
  text: '…',
  magnitude: null,
  scalar: null,
  rows: [],
  histogram: [],
  data: null,
});

/** Numbers without a tensor of their own: the elements of a local derivative. */
export const readingOfNumbers = (numbers: Float64Array, shape: Shape): Reading =>
  readingOf({ statistics: statisticsOf(numbers), data: numbers }, shape);

/** By how much a tensor's gradient grew or shrank, where a local derivative is a matrix nobody writes out. */
export const readingOfGain = (gain: number): Reading => ({
  ...readingOfNumber(gain),
  text: Number.isNaN(gain) ? '–' : `×${formatShort(gain)} ‖·‖`,
  scalar: null,
  data: null,
});

function rowsOf(s: Statistics): Reading['rows'] {
  return [
    row('μ', formatNumber(s.mean)),
    row('σ', formatNumber(s.deviation)),
    row('‖·‖', formatNumber(s.norm)),
    row(t('min'), formatNumber(s.min)),
    row(t('max'), formatNumber(s.max)),
    row(t('zeros'), t('{0} of {1}', s.zero, s.size)),
    ...notFinite(s),
  ];
}

/** How many elements are not finite, of each kind that there is. */
const notFinite = (s: Statistics): Reading['rows'] =>
  [row('NaN', String(s.nan)), row('∞', String(s.positiveInfinity)), row('−∞', String(s.negativeInfinity))].filter(
    ({ text }) => text !== '0',
  );

const row = (label: string, text: string): Reading['rows'][number] => ({ label, text });

function histogramOf(data: ArrayLike<number>, { min, max }: Statistics): number[] {
  if (!Number.isFinite(min) || !Number.isFinite(max)) return [];
  const counts = new Array<number>(bins).fill(0);
  const width = max - min || 1;
  for (let i = 0; i < data.length; i++) {
    if (Number.isFinite(data[i])) counts[Math.min(bins - 1, Math.floor(((data[i]! - min) / width) * bins))]!++;
  }
  return counts;
}
