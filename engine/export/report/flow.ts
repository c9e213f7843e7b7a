import { t } from '../../base/l10n.ts';
import type { FlowView } from '../../explain/flow/view.ts';
import type { ModelReport } from '../../explain/report/view.ts';
import { type Markup, element } from '../markup.ts';
import { bar, rangeOf } from './bar.ts';
import { table } from './table.ts';

/** Where the gradient's size is lost or won on its way from the loss. */
export const flowSection = ({ flows }: ModelReport): Markup | null =>
  flows.length === 0
    ? null
    : element(
        'section',
        {},
        element('h3', {}, t('Where gradient is lost')),
        flows.map(({ name, flow }) => flowPart(name, flow)),
      );

function flowPart(name: string, { title, summary, bars, repetitions }: FlowView): Markup {
  const range = rangeOf(bars.flatMap(({ before, after }) => [before, after ?? NaN]));
  return element(
    'div',
    {},
    element('h4', {}, name),
    element('p', { class: 'mono' }, title),
    summary === null ? null : element('p', {}, summary),
    table(
      [
        { head: t('factor') },
        { head: t('place') },
        { head: t('decades'), kind: 'number' },
        { head: t('from the loss on'), kind: 'bar' },
        { head: t('arrives'), kind: 'number' },
        { head: t('share of what is lost'), kind: 'number' },
        { head: '' },
      ],
      bars.map((one) => ({
        marked: one.isCulprit,
        cells: [
          one.count > 1 ? `${one.label} ×${one.count}` : one.label,
          one.place ?? '',
          one.text,
          range === null || one.after === null ? '' : bar(one.before, one.after, range, one.text),
          one.norm,
          one.share ?? '',
          one.sparkline
            ? element('span', { class: 'dim' }, one.sparkline.blocks)
            : one.isCulprit
              ? t('most is lost here')
              : '',
        ],
      })),
    ),
    repetitions === null
      ? null
      : element(
          'p',
          { class: 'dim mono' },
          `${repetitions.label} ${repetitions.sparkline.blocks}  ${repetitions.sparkline.text}`,
        ),
  );
}
