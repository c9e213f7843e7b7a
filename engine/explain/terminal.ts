import { columnsOf } from '../base/columns.ts';
import { t } from '../base/l10n.ts';
import { buildGraph } from './graph.ts';
import type { PassView } from './pass-view.ts';
import type { Card, ChainPath } from './view.ts';

type Alignment = 'left' | 'right';

/** Columns padded to the same width. */
export function table(rows: readonly (readonly string[])[], align: readonly Alignment[]): string {
  const widths = align.map((_, i) => Math.max(...rows.map((row) => columnsOf(row[i] ?? ''))));
  const cell = (text: string, i: number): string => {
    const padding = ' '.repeat(widths[i]! - columnsOf(text));
    return align[i] === 'right' ? padding + text : text + padding;
  };
  return rows.map((row) => `  ${row.map(cell).join('  ')}`.trimEnd()).join('\n');
}

/** Values and gradients of what the author named, in order of execution. */
export function traceText(view: PassView): string {
  const graph = buildGraph(view);
  const loss = view.names.shown(graph.loss);
  const rows = graph.nodes.map(({ name, op, shape, value, gradient }) => [
    name,
    op,
    shape === 'scalar' ? t('scalar') : shape,
    value.text,
    gradient?.text ?? '–',
  ]);
  const head = [`${graph.model}`, '', '', t('value'), `∂${loss}/∂·`];
  const step = graph.step ? `\n\n  ${graph.step.text}` : '';
  return `${table([head, ...rows], ['left', 'left', 'left', 'right', 'right'])}${step}\n`;
}

/** The chain rule of one node, factor by factor, path by path. */
export function cardText(card: Card): string {
  const parts = [`  ${card.title}`];
  if (card.gradient === null) parts.push(`  ${t('No gradient: {0}.', card.node.noGradient ?? '')}`);
  card.paths.forEach((path, i) => {
    if (card.paths.length > 1) parts.push(`  ${t('Path {0} of {1}', i + 1, card.pathCount)}`);
    parts.push(pathText(path));
  });
  if (card.paths.length > 1 && card.sum) {
    const terms = card.terms.map(({ symbol, value }) => [symbol, value.text]);
    parts.push(table([...terms, [t('sum'), card.sum.text]], ['left', 'right']));
  }
  parts.push(`  ${card.note}`);
  return `${parts.join('\n\n')}\n`;
}

function pathText({ factors }: ChainPath): string {
  const head = [t('factor'), t('local derivative'), t("this run's numbers"), t('value'), t('product'), ''];
  const rows = factors.map(({ symbol, formula, numbers, value, product, remark }) => [
    symbol,
    formula,
    numbers,
    value.text,
    product.text,
    remark ? `← ${remark}` : '',
  ]);
  return table([head, ...rows], ['left', 'left', 'left', 'right', 'right', 'left']);
}
