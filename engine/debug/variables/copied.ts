import type { Block } from '../../autograd/block.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { exactly } from './show.ts';

/** A tensor to be pasted into a program: all of its elements as nested lists, numbers as a program has them. */
export function copied({ data, shape, dtype }: Block): string {
  const [count, ...rest] = shape;
  if (count === undefined) return plain(exactly(data[0]!, dtype));
  const size = sizeOf(rest);
  const parts = Array.from({ length: count }, (_, i) =>
    copied({ data: data.subarray(i * size, (i + 1) * size), shape: rest, dtype }),
  );
  return `[${parts.join(', ')}]`;
}

const plain = (text: string): string => text.replaceAll('−', '-').replace('∞', 'Infinity');
