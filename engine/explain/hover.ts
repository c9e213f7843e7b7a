import { t } from '../base/l10n.ts';
import { pathHeading } from './path-heading.ts';
import type { Card, ChainPath, Factor } from './view.ts';
import { causeLine } from './why.ts';

/** Every character that Markdown reads as markup in the middle of a line; names and texts of the user's code are text. */
const escape = (text: string): string =>
  text.replace(/[\\`*_[\]<>|&~!#]/g, (character) => `&#${character.codePointAt(0)};`);
const row = (cells: readonly string[]): string => `| ${cells.map(escape).join(' | ')} |`;

/** A hover is read at a glance: so many paths and terms, and of a long path its ends. */
const [shownPaths, shownTerms, head, tail] = [3, 6, 8, 4];

/** The card as Markdown, for the editor's hover. */
export function hoverMarkdown(card: Card): string {
  const lines = [
    `**${escape(card.title)}**`,
    '',
    ...healthLines(card),
    ...whyLines(card),
    ...matrixLines(card),
    ...termLines(card),
  ];
  if (card.cancellation) lines.push(escape(card.cancellation), '');
  card.paths.slice(0, shownPaths).forEach((path, i) => {
    if (card.pathCount !== '1') lines.push(escape(pathHeading(card, i)), '');
    lines.push(...pathLines(path), '');
  });
  if (card.gradient) lines.push(`**${escape(`${card.title.split(' = ')[0]!} = ${card.gradient.text}`)}**`, '');
  const [first] = card.paths;
  for (const { symbol, remark, kink } of first?.factors ?? [])
    for (const text of [remark, kink]) if (text !== null) lines.push(escape(`${symbol}: ${text}`), '');
  lines.push(escape(card.note));
  return lines.join('\n');
}

const healthLines = ({ health }: Card): string[] =>
  health.flatMap(({ severity, text }) => [`${severity === null ? '' : '⚠ '}${escape(text)}`, '']);

function whyLines({ why }: Card): string[] {
  if (!why) return [];
  if (why.kind === 'null' && why.causes.length === 1) return [escape(why.text), ''];
  return [escape(why.text), '', ...why.causes.map((cause) => `- ${escape(causeLine(cause))}`), ''];
}

/** Formula, shapes and notes of each term, one below the other. */
const matrixLines = ({ matrices }: Card): string[] =>
  matrices.flatMap(({ left, formula, shapes, notes }) => [
    [`${left} = ${formula}`, shapes, ...notes].map(escape).join('  \n'),
    '',
  ]);

function termLines({ terms, restOfTerms, sum }: Card): string[] {
  if (terms.length < 2) return [];
  const more = terms.length - shownTerms + Number(restOfTerms?.count ?? 0);
  return [
    row([t('term'), t('local derivative'), t('value'), t('share')]),
    '|:--|:--|--:|--:|',
    ...terms
      .slice(0, shownTerms)
      .map(({ symbol, formula, value, share }) => row([symbol, formula, value.text, share?.text ?? ''])),
    ...(more > 0 ? [row([t('{0} more', more), '', '…', ''])] : []),
    row([t('sum'), '', sum?.text ?? '', '']),
    '',
  ];
}

function pathLines({ factors, hidden }: ChainPath): string[] {
  const cells = ({ symbol, formula, numbers, value, product }: Factor): string =>
    row([symbol, formula, numbers, value.text, product.text]);
  const all = factors.length + (hidden?.count ?? 0);
  const rows =
    all <= head + tail
      ? factors.map(cells)
      : [
          ...factors.slice(0, head).map(cells),
          row([t('… {0} more factors', all - head - tail), '', '', '', '']),
          ...factors.slice(-tail).map(cells),
        ];
  return [
    row([t('factor'), t('local derivative'), t('with this run’s numbers'), t('value'), t('product')]),
    '|:--|:--|:--|--:|--:|',
    ...rows,
  ];
}
