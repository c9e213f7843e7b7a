import { t } from '../../base/l10n.ts';
import type { Block } from '../../autograd/block.ts';
import { statisticsOf } from '../../trace/statistics.ts';
import { ExpressionError } from './tokens.ts';
import { type Value, applied, numeric, oneNumber } from './value.ts';

type Apply = (args: readonly (number | Block)[], at: number) => Value;

const dataOf = (value: number | Block): ArrayLike<number> => (typeof value === 'number' ? [value] : value.data);
const shapeOf = (value: number | Block): readonly number[] => (typeof value === 'number' ? [] : value.shape);

const some = (value: number | Block, holds: (x: number) => boolean): boolean => {
  const data = dataOf(value);
  for (let i = 0; i < data.length; i++) if (holds(data[i]!)) return true;
  return false;
};

/** Over all elements, NaN and ∞ among them: what is not finite is to be seen. */
const fold = (value: number | Block, first: number, step: (sum: number, x: number) => number): number => {
  const data = dataOf(value);
  let sum = first;
  for (let i = 0; i < data.length; i++) sum = step(sum, data[i]!);
  return sum;
};

const one =
  (of: (value: number | Block, at: number) => Value): Apply =>
  ([value, ...others], at) => {
    if (value === undefined || others.length > 0) throw new ExpressionError(t('This takes one argument.'), at);
    return of(value, at);
  };

const sizeOf = (value: number | Block): number => dataOf(value).length;
const sum = (value: number | Block): number => fold(value, 0, (total, x) => total + x);

/** Scaled, so that squares neither overflow nor vanish. */
function norm(value: number | Block): number {
  const largest = fold(value, 0, (most, x) => (Math.abs(x) > most || Number.isNaN(x) ? Math.abs(x) : most));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  return Math.sqrt(fold(value, 0, (total, x) => total + (x / largest) ** 2)) * largest;
}

const extreme =
  (pick: (a: number, b: number) => number, first: number): Apply =>
  (args, at) => {
    if (args.length === 1) return fold(args[0]!, first, pick);
    return args.reduce<number>((best, arg) => pick(best, oneNumber(arg, at)!), first);
  };

/** Everything that can be called. */
export const functions: Readonly<Record<string, Apply>> = {
  norm: one(norm),
  sum: one(sum),
  mean: one((value) => sum(value) / sizeOf(value)),
  std: one((value) => statisticsOf(dataOf(value)).deviation),
  max: extreme(Math.max, -Infinity),
  min: extreme(Math.min, Infinity),
  size: one(sizeOf),
  shape: one((value) => ({ data: Int32Array.from(shapeOf(value)), shape: [shapeOf(value).length], dtype: 'int32' })),
  isnan: one((value) => some(value, Number.isNaN)),
  isfinite: one((value) => !some(value, (x) => !Number.isFinite(x))),
  abs: one((value, at) => applied('abs', [value], at)),
  sqrt: one((value, at) => applied('sqrt', [value], at)),
  exp: one((value, at) => applied('exp', [value], at)),
  log: one((value, at) => applied('log', [value], at)),
  log10: one((value, at) => applied('log10', [value], at)),
};

/** What is made of something that is not there is not there either. @throws ExpressionError */
export function called(name: string, args: readonly Value[], at: number): Value {
  const apply = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!apply)
    throw new ExpressionError(
      t("There is no function '{0}'; there are {1}.", name, Object.keys(functions).join(', ')),
      at,
    );
  const numbers: (number | Block)[] = [];
  for (const arg of args) {
    const value = numeric(arg, at);
    if (value === null) return null;
    numbers.push(value);
  }
  return apply(numbers, at);
}
