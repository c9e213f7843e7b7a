import { t } from '../../base/l10n.ts';
import type { ModelReport } from '../../explain/report/view.ts';
import { type Markup, element } from '../markup.ts';
import { bar, rangeOf } from './bar.ts';
import { table } from './table.ts';

/** The size of every parameter's gradient, so that they can be compared at a glance. */
export function parametersSection({ parameters, graph }: ModelReport): Markup | null {
  if (parameters.length === 0) return null;
  const loss = graph.nodes.find(({ id }) => id === graph.loss)?.name ?? 'L';
  const range = rangeOf(parameters.flatMap(({ decades }) => decades ?? []).concat(0));
  return element(
    'section',
    {},
    element('h3', {}, t('Gradients of the parameters')),
    table(
      [
        { head: t('parameter') },
        { head: t('shape') },
        { head: t('value') },
        { head: `‖∂${loss}/∂·‖`, kind: 'number' },
        { head: t('decades from 1'), kind: 'bar' },
        { head: t('line'), kind: 'number' },
      ],
      parameters.map(({ name, shape, value, norm, decades, noGradient, line }) => ({
        cells: [
          name,
          shape === 'scalar' ? t('scalar') : shape,
          value,
          element('span', { class: 'warm' }, norm),
          decades === null || range === null ? (noGradient ?? '') : bar(0, decades, range, norm),
          line === null ? '' : String(line),
        ],
      })),
    ),
  );
}
