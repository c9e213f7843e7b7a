import { t } from '../../base/l10n.ts';
import { RequestError } from '../arguments.ts';

/** Whether the n-th time, from 1, is one to stop at. */
export type HitCount = (times: number) => boolean;

const comparisons: Readonly<Record<string, (times: number, count: number) => boolean>> = {
  '=': (times, count) => times === count,
  '>': (times, count) => times > count,
  '>=': (times, count) => times >= count,
  '<': (times, count) => times < count,
  '<=': (times, count) => times <= count,
  '%': (times, count) => times % count === 0,
};

/** `3`: the third time; `>= 3`, `% 10` … as other debuggers have it. @throws RequestError */
export function hitCountOf(text: string): HitCount {
  const [, sign, number] = /^\s*(=|==|>=|>|<=|<|%)?\s*(\d+)\s*$/.exec(text) ?? [];
  const count = Number(number);
  if (number === undefined || (sign === '%' && count === 0))
    throw new RequestError(t("A hit count is a number, or one after '>', '>=', '<', '<=' or '%': not '{0}'.", text));
  const compare = comparisons[sign === undefined || sign === '==' ? '=' : sign]!;
  return (times) => compare(times, count);
}
