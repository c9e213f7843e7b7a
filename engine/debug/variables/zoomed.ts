import { t } from '../../base/l10n.ts';
import { formatNumber, formatShort } from '../../explain/numbers.ts';
import type { Product, Zoom } from '../zoom.ts';
import { type Children, type Entry, grouped, listed } from './entry.ts';

/** The sum of products that one element of a gradient is: the scope “This element”. */
export function zoomed(zoom: Zoom): Children {
  const { products, at, formula, rest, soFar } = zoom;
  const next = products[at];
  const rows: Entry[] = [
    ...(formula === null ? [] : [row(zoom.name, formula)]),
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

const written = ({ formula, factors, value }: Product): string =>
  [formula, factors.map(formatShort).join(' · '), formatNumber(value)].filter((part) => part !== null).join(' = ');

const row = (name: string, value: string): Entry => ({
  name,
  value,
  hint: { kind: 'virtual', attributes: ['readOnly'] },
});
