import { t } from '../../base/l10n.ts';
import { formatNumber } from '../../explain/numbers.ts';
import type { Product, Zoom } from '../zoom.ts';
import { type Children, type Entry, grouped, listed } from './entry.ts';

/** The sum of products that one element is: the scope “This element”. */
export function zoomed(zoom: Zoom): Children {
  const { at, soFar } = zoom;
  const { name, products, formula, rest } = zoom.sum;
  const next = products[at];
  const rows: Entry[] = [
    ...(formula === null ? [] : [row(name, formula)]),
    ...(next ? [row(t('product {0}', at + 1), written(next))] : []),
    row(t('sum so far'), formatNumber(soFar)),
    {
      ...row(t('all products'), String(products.length)),
      children: grouped(products.length, (i) => row(String(i + 1), written(products[i]!))),
    },
    ...(rest === 0 ? [] : [row(t('products too small to be listed'), formatNumber(rest))]),
  ];
  return listed(rows);
}

const written = ({ formula, numbers, value }: Product): string =>
  [formula ?? '', numbers, formatNumber(value)].filter((part) => part !== '').join(' = ');

const row = (name: string, value: string): Entry => ({
  name,
  value,
  hint: { kind: 'virtual', attributes: ['readOnly'] },
});
