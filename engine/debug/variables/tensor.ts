import { t } from '../../base/l10n.ts';
import type { Block } from '../../autograd/block.ts';
import { formatNumber } from '../../explain/numbers.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { statisticsOf } from '../../trace/statistics.ts';
import { RequestError } from '../arguments.ts';
import type { LeafElement } from '../what-if.ts';
import { type Children, type Entry, listed } from './entry.ts';
import { exactly, told, typeOf } from './show.ts';

/** What is known of a tensor besides its content. */
export interface About {
  /** How it is written in an expression, where it can be. */
  readonly expression?: string;
  readonly memory?: string;
  /** The leaf whose elements these are, from a row-major place on; absent where nothing can be changed. */
  readonly leaf?: LeafElement;
}

/** A number, or a tensor that opens into its statistics and its slices along the first dimension. */
export function tensorEntry(name: string, block: Block, about: About = {}): Entry {
  const { expression, memory, leaf } = about;
  const isScalar = block.shape.length === 0;
  return {
    name,
    value: told(block),
    type: typeOf(block),
    ...(expression !== undefined && { expression }),
    ...(memory !== undefined && !isScalar && { memory }),
    hint: { kind: 'data', ...(leaf === undefined && { attributes: ['readOnly'] }) },
    ...(!isScalar && { children: slicesOf(block, about) }),
  };
}

function slicesOf(block: Block, { expression, leaf }: About): Children {
  const [count = 0, ...rest] = block.shape;
  const size = sizeOf(rest);
  const entryAt = (i: number): Entry => {
    const { data, dtype } = block;
    const slice: Block = { data: data.subarray(i * size, (i + 1) * size), shape: rest, dtype };
    return tensorEntry(`[${i}]`, slice, {
      ...(expression !== undefined && { expression: `${expression}[${i}]` }),
      ...(leaf !== undefined && { leaf: { node: leaf.node, element: leaf.element + i * size } }),
    });
  };
  return {
    named: 1,
    indexed: count,
    page: (start, end) => {
      const entries: Entry[] = start === 0 && end > 0 ? [statisticsEntry(block)] : [];
      for (let i = Math.max(0, start - 1); i < Math.min(count, end - 1); i++) entries.push(entryAt(i));
      return entries;
    },
    ...(leaf !== undefined &&
      rest.length === 0 && {
        leafOf: (name: string) => {
          const i = Number(/^\[(\d+)\]$/.exec(name)?.[1] ?? NaN);
          if (!(i < count)) throw new RequestError(t('There is no such element.'));
          return { node: leaf.node, element: leaf.element + i };
        },
      }),
  };
}

/** First in the list, because it is what one asks of a large tensor first. */
function statisticsEntry({ data, dtype }: Block): Entry {
  const s = statisticsOf(data);
  const row = (name: string, value: string): Entry => ({
    name,
    value,
    hint: { kind: 'virtual', attributes: ['readOnly'] },
  });
  const counts: readonly (readonly [string, number])[] = [
    [t('negative'), s.negative],
    [t('zero'), s.zero],
    [t('positive'), s.positive],
    ['−∞', s.negativeInfinity],
    ['∞', s.positiveInfinity],
    ['NaN', s.nan],
  ];
  const rows = [
    row('μ', formatNumber(s.mean)),
    row('σ', formatNumber(s.deviation)),
    row('‖·‖', formatNumber(s.norm)),
    row('min', exactly(s.min, dtype)),
    row('max', exactly(s.max, dtype)),
    ...counts.filter(([, count], i) => i < 3 || count > 0).map(([name, count]) => row(name, String(count))),
  ];
  return {
    name: t('statistics'),
    value: `μ ${formatNumber(s.mean)} σ ${formatNumber(s.deviation)}`,
    hint: { kind: 'virtual', attributes: ['readOnly'] },
    children: listed(rows),
  };
}
