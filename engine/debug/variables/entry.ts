import type { DebugProtocol } from '@vscode/debugprotocol';
import type { LeafElement } from '../what-if.ts';

/** One line of the variables view. */
export interface Entry {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
  /** What the same is called in an expression. */
  readonly expression?: string;
  /** Where its bytes can be read. */
  readonly memory?: string;
  readonly hint?: DebugProtocol.VariablePresentationHint;
  readonly children?: Children;
}

/** What an entry opens into: first those with names, then those with numbers. Made page by page. */
export interface Children {
  readonly named: number;
  readonly indexed: number;
  /** Those from `start` up to, and without, `end` of all. */
  page(start: number, end: number): readonly Entry[];
  /** The number of a leaf that one of them is. Absent where nothing can be changed. @throws RequestError */
  readonly leafOf?: (name: string) => LeafElement;
}

export const listed = (entries: readonly Entry[], leafOf?: Children['leafOf']): Children => ({
  named: entries.length,
  indexed: 0,
  page: (start, end) => entries.slice(start, end),
  ...(leafOf && { leafOf }),
});

/** A list that is made line by line, when it is looked at. */
export const made = (count: number, entryAt: (index: number) => Entry, leafOf?: Children['leafOf']): Children => ({
  named: count,
  indexed: 0,
  page: (start, end) => Array.from({ length: Math.max(0, Math.min(end, count) - start) }, (_, i) => entryAt(start + i)),
  ...(leafOf && { leafOf }),
});

const pageSize = 100;

/** The same in groups of a hundred where there are more: clients show named variables all at once. */
export function grouped(count: number, entryAt: (index: number) => Entry, leafOf?: Children['leafOf']): Children {
  if (count <= pageSize) return made(count, entryAt, leafOf);
  const groups = Math.ceil(count / pageSize);
  return made(groups, (group) => {
    const start = group * pageSize;
    const size = Math.min(pageSize, count - start);
    const hint = { kind: 'virtual' } as const;
    const children = made(size, (i) => entryAt(start + i), leafOf);
    return { name: `${start} … ${start + size - 1}`, value: '', hint, children };
  });
}
