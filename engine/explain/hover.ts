import { t } from '../base/l10n.ts';
import type { Card } from './view.ts';

/** Every character that Markdown reads as markup in the middle of a line; names and texts of the user's code are text. */
const escape = (text: string): string =>
  text.replace(/[\\`*_[\]<>|&~!#]/g, (character) => `&#${character.codePointAt(0)};`);
const row = (cells: readonly string[]): string => `| ${cells.map(escape).join(' | ')} |`;
const shownPaths = 3;

/** The card as Markdown, for the editor's hover. */
export function hoverMarkdown(card: Card): string {
  const lines = [`**${escape(card.title)}**`, ''];
  if (card.gradient === null && card.node.noGradient)
    lines.push(escape(t('No gradient: {0}.', card.node.noGradient)), '');
  card.paths.slice(0, shownPaths).forEach((path, i) => {
    if (card.paths.length > 1) lines.push(t('Path {0} of {1}', i + 1, card.pathCount), '');
    lines.push(
      row([t('factor'), t('local derivative'), t('with this run’s numbers'), t('value'), t('product')]),
      '|:--|:--|:--|--:|--:|',
    );
    for (const factor of path.factors) {
      const cells = [factor.symbol, factor.formula, factor.numbers, factor.value.text, factor.product.text];
      lines.push(row(cells));
    }
    lines.push('');
  });
  if (card.paths.length > 1) {
    lines.push(
      row([t('term'), t('value')]),
      '|:--|--:|',
      ...card.terms.map(({ symbol, value }) => row([symbol, value.text])),
      '',
    );
  }
  if (card.gradient) lines.push(`**${escape(card.title.split(' = ')[0]!)} = ${escape(card.gradient.text)}**`, '');
  const remark = card.paths[0]?.factors.find((factor) => factor.remark !== null);
  if (remark) lines.push(`${escape(remark.symbol)}: ${escape(remark.remark!)}`, '');
  lines.push(escape(card.note));
  return lines.join('\n');
}
