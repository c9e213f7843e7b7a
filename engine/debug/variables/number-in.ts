import { t } from '../../base/l10n.ts';
import { RequestError } from '../arguments.ts';

const words: Readonly<Record<string, number>> = {
  true: 1,
  false: 0,
  nan: NaN,
  '∞': Infinity,
  infinity: Infinity,
};

/** A number as it is typed, or as it is shown here: `−1.5e−3`, `∞`. @throws RequestError */
export function numberIn(text: string): number {
  const plain = text.trim().replaceAll('−', '-').toLowerCase();
  const negative = plain.startsWith('-');
  const word = words[negative ? plain.slice(1) : plain];
  if (word !== undefined) return negative ? -word : word;
  const isDecimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(plain);
  if (!isDecimal) throw new RequestError(t("'{0}' is no number.", text.slice(0, 40)));
  return Number(plain);
}
