import { countText } from '../base/count-text.ts';
import { t } from '../base/l10n.ts';
import { buildGraph } from './graph.ts';
import type { PassView } from './pass-view.ts';
import { pathHeading } from './path-heading.ts';
import { table } from './table.ts';
import type { MatrixEquation } from './tensors/view.ts';
import type { Card, ChainPath, Factor } from './view.ts';
import { causeLine } from './why.ts';

export { table } from './table.ts';

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
  return `${table([head, ...rows], ['left', 'left', 'left', 'number', 'number'])}${step}\n`;
}

/** The chain rule of one node: why there is nothing to see, its terms, and its paths, factor by factor. */
export function cardText(card: Card): string {
  const parts = [`  ${card.title}`, ...healthText(card), ...whyText(card), ...card.matrices.map(matrixText)];
  if (card.terms.length > 1) parts.push(termsText(card));
  if (card.cancellation) parts.push(`  ${card.cancellation}`);
  for (const [i, path] of card.paths.entries()) {
    if (card.pathCount !== '1') parts.push(`  ${pathHeading(card, i)}`);
    parts.push(pathText(path));
  }
  parts.push(...restText(card), `  ${card.note}`);
  return `${parts.join('\n\n')}\n`;
}

const healthText = ({ health }: Card): string[] =>
  health.map(({ severity, text }) => `  ${severity === null ? '' : '⚠ '}${text}`);

function whyText({ why }: Card): string[] {
  if (!why) return [];
  const isToldAlready = why.kind === 'null' && why.causes.length === 1;
  const lines = isToldAlready ? [] : why.causes.map((cause) => `    ${causeLine(cause)}`);
  return [[`  ${why.text}`, ...lines].join('\n')];
}

const matrixText = ({ left, formula, shapes, notes }: MatrixEquation): string =>
  [`  ${left} = ${formula}`, `    ${shapes}`, ...notes.map((note) => `    ${note}`)].join('\n');

function termsText({ terms, restOfTerms, sum }: Card): string {
  const head = [t('term'), t('local derivative'), t("this run's numbers"), t('value'), t('share')];
  const rows = terms.map(({ symbol, formula, numbers, value, share }) => [
    symbol,
    formula,
    numbers,
    value.text,
    share?.text ?? '',
  ]);
  if (restOfTerms)
    rows.push([t('{0} more', restOfTerms.count), '', '', restOfTerms.sum?.text ?? '…', restOfTerms.share?.text ?? '']);
  rows.push([t('sum'), '', '', sum?.text ?? '', '']);
  return table([head, ...rows], ['left', 'left', 'left', 'number', 'right']);
}

function pathText({ factors, hidden }: ChainPath): string {
  const head = [t('factor'), t('local derivative'), t("this run's numbers"), t('value'), t('product'), ''];
  const rows = factors.map(({ symbol, formula, numbers, value, product, ...factor }) => [
    symbol,
    formula,
    numbers,
    value.text,
    product.text,
    remarksOf(factor),
  ]);
  if (hidden) rows.splice(hidden.before, 0, [t('… {0} more factors', hidden.count), '', '', '', '', '']);
  return table([head, ...rows], ['left', 'left', 'left', 'number', 'number', 'left']);
}

function remarksOf({ remark, kink }: Pick<Factor, 'remark' | 'kink'>): string {
  const remarks = [remark, kink].filter((text) => text !== null);
  return remarks.length === 0 ? '' : `← ${remarks.join('; ')}`;
}

function restText({ restOfPaths }: Card): string[] {
  if (!restOfPaths) return [];
  const count = countText(restOfPaths.count);
  const sum = restOfPaths.sum?.text ?? '…';
  const share = restOfPaths.share ? ` (${restOfPaths.share.text})` : '';
  const text =
    restOfPaths.count === '1' ? t('The other path: {0}', sum) : t('The other {0} paths together: {1}', count, sum);
  return [`  ${text}${share}`];
}
