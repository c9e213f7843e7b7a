import type { Content } from '../../trace/format.ts';
import { formatNumber, formatShort } from '../numbers.ts';
import type { Sides } from './view.ts';

/** A quantity on both sides: numbers as they are, tensors by their Euclidean norm. */
export function sidesOf(before: Content | number | undefined, after: Content | number | undefined): Sides {
  const [old, now] = [sizeOf(before), sizeOf(after)];
  const ratio = old === null || now === null || old === 0 ? NaN : now / old;
  const isTold = Number.isFinite(ratio) && ratio > 0 && ratio !== 1;
  return {
    before: textOf(before, old),
    after: textOf(after, now),
    ratio: isTold ? `×${formatShort(ratio)}` : '',
    decades: isTold ? Math.log10(ratio) : null,
  };
}

/** Whether two contents hold the same numbers; by their statistics where the trace has left them out. */
export function isSame(before: Content | undefined, after: Content | undefined): boolean {
  if (!before || !after) return before === after;
  if (before.data && after.data)
    return before.data.length === after.data.length && before.data.every((x, i) => Object.is(x, after.data![i]));
  const { size, norm, mean, min, max } = before.statistics;
  const other = after.statistics;
  return [
    [size, other.size],
    [norm, other.norm],
    [mean, other.mean],
    [min, other.min],
    [max, other.max],
  ].every(([x, y]) => Object.is(x, y));
}

const isTensor = (content: Content): boolean => content.statistics.size !== 1 || content.data === null;

function sizeOf(content: Content | number | undefined): number | null {
  if (content === undefined) return null;
  if (typeof content === 'number') return content;
  return isTensor(content) ? content.statistics.norm : content.data![0]!;
}

const textOf = (content: Content | number | undefined, size: number | null): string => {
  if (size === null) return '';
  return typeof content === 'object' && isTensor(content) ? `‖${formatNumber(size)}‖` : formatNumber(size);
};
