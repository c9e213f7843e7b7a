import { countText } from '../../base/count-text.ts';
import { t } from '../../base/l10n.ts';
import type { ModelReport } from '../../explain/report/view.ts';
import type { Card, ChainPath } from '../../explain/view.ts';
import { type Markup, element } from '../markup.ts';
import { table } from './table.ts';

/** The chain rule of each parameter, with this run's numbers in it. */
export const cardsSection = ({ cards, withoutCard }: ModelReport): Markup | null =>
  cards.length === 0
    ? null
    : element(
        'section',
        {},
        element('h3', {}, t('The chain rule of each parameter')),
        cards.map(cardPart),
        withoutCard === 0
          ? null
          : element('p', { class: 'dim' }, t('{0} more parameters are left out here.', withoutCard)),
      );

function cardPart(card: Card): Markup {
  const { node, title, gradient, why, matrices, terms, cancellation, paths, restOfPaths, note } = card;
  return element(
    'div',
    {},
    element(
      'h4',
      {},
      node.name,
      element('span', { class: 'dim' }, node.source ? ` · ${node.source.file}:${node.source.line}` : ''),
    ),
    element(
      'p',
      { class: 'math' },
      gradient === null ? title : `${title} = `,
      element('strong', {}, gradient?.text ?? ''),
    ),
    why === null ? null : element('p', {}, why.text),
    why === null || (why.kind === 'null' && why.causes.length === 1)
      ? null
      : element(
          'ul',
          {},
          why.causes.map(({ text, place }) => element('li', {}, `${text} (${place})`)),
        ),
    matrices.map(({ left, formula, shapes, notes }) =>
      element(
        'p',
        { class: 'math' },
        [`${left} = ${formula}`, `  ${shapes}`, ...notes.map((one) => `  ${one}`)].join('\n'),
      ),
    ),
    terms.length > 1 ? termsTable(card) : null,
    cancellation === null ? null : element('p', {}, cancellation),
    paths.map((path, i) => pathPart(card, path, i)),
    restOfPaths === null
      ? null
      : element(
          'p',
          { class: 'dim' },
          t('The other {0} paths together: {1}', countText(restOfPaths.count), restOfPaths.sum?.text ?? '…'),
        ),
    element('p', { class: 'dim' }, note),
  );
}

function termsTable({ terms, restOfTerms, sum }: Card): Markup {
  const rows = terms.map(({ symbol, formula, numbers, value, share }) => ({
    cells: [symbol, formula, numbers, value.text, share?.text ?? ''],
  }));
  if (restOfTerms)
    rows.push({
      cells: [t('{0} more', restOfTerms.count), '', '', restOfTerms.sum?.text ?? '…', restOfTerms.share?.text ?? ''],
    });
  return table(
    [
      { head: t('term') },
      { head: t('local derivative') },
      { head: t("this run's numbers") },
      { head: t('value'), kind: 'number' },
      { head: t('share'), kind: 'number' },
    ],
    [...rows, { cells: [t('sum'), '', '', sum?.text ?? '', ''], marked: true }],
  );
}

function pathPart(card: Card, { factors, hidden, product, share }: ChainPath, index: number): Markup {
  const rows = factors.map(({ symbol, formula, numbers, value, product: running, remark, kink }) => ({
    cells: [
      symbol,
      formula,
      numbers,
      value.text,
      running.text,
      [remark, kink].filter((text) => text !== null).join('; '),
    ],
  }));
  if (hidden) rows.splice(hidden.before, 0, { cells: [t('… {0} more factors', hidden.count), '', '', '', '', ''] });
  const heading = `${t('Path {0}', index + 1)}: ${product.text}${share ? ` (${share.text})` : ''}`;
  return element(
    'div',
    {},
    card.pathCount === '1' ? null : element('p', { class: 'dim' }, heading),
    table(
      [
        { head: t('factor') },
        { head: t('local derivative') },
        { head: t("this run's numbers") },
        { head: t('value'), kind: 'number' },
        { head: t('product'), kind: 'number' },
        { head: '', kind: 'wrap' },
      ],
      rows,
    ),
  );
}
