import { t } from '../../base/l10n.ts';
import { table } from '../terminal.ts';
import type { CheckView } from './view.ts';

/** A check as the terminal prints it: a row for each gradient, what is to be said of it below. */
export function checkText({ model, rows, summary, notes }: CheckView): string {
  const head = [model, '', t('gradient'), t('difference'), t('relative error'), t('worst at'), ''];
  const cells = rows.map(({ symbol, told, worst, relativeError, elements }) => [
    symbol,
    told,
    worst?.analytic ?? '',
    worst?.numeric ?? '',
    relativeError,
    elements === '' ? '' : (worst?.name ?? ''),
    elements,
  ]);
  const [first, ...lines] = table([head, ...cells], ['left', 'left', 'right', 'right', 'right', 'left', 'left']).split(
    '\n',
  );
  const told = lines.flatMap((line, i) => [line, ...rows[i]!.remarks.map((remark) => `      ${remark}`)]);
  return `${[first, ...told, '', ...[summary, ...notes].map((text) => `  ${text}`)].join('\n')}\n`;
}
