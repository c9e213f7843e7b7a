import { t } from '../../base/l10n.ts';
import type { ModelReport } from '../../explain/report/view.ts';
import { type Markup, element } from '../markup.ts';
import { table } from './table.ts';

/** Gradients against central differences, where that was asked for. */
export function checkSection({ check }: ModelReport): Markup | null {
  if (check === null) return null;
  const { rows, summary, notes } = check;
  return element(
    'section',
    {},
    element('h3', {}, t('Gradients against central differences')),
    element('p', {}, summary),
    table(
      [
        { head: t('gradient') },
        { head: '' },
        { head: t('gradient'), kind: 'number' },
        { head: t('difference'), kind: 'number' },
        { head: t('relative error'), kind: 'number' },
        { head: '', kind: 'wrap' },
      ],
      rows.map(({ symbol, told, worst, relativeError, elements, remarks, verdict }) => ({
        marked: verdict === 'differs',
        cells: [
          symbol,
          told,
          worst?.analytic ?? '',
          worst?.numeric ?? '',
          relativeError,
          [elements, ...remarks].filter((text) => text !== '').join('; '),
        ],
      })),
    ),
    notes.map((note) => element('p', { class: 'dim' }, note)),
  );
}
