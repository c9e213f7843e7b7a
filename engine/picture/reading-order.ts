import type { Drawable } from './layout.ts';

/** Leaves that one node alone reads stand in rows of so many; one more than that still makes one row. */
const row = 3;

export interface ReadingOrder {
  /** A node's place among those of its layer, from one side to the other. */
  readonly rank: ReadonlyMap<number, number>;
  /** Pairs of leaves of which the second stands a layer after the first. */
  readonly rows: readonly { readonly from: number; readonly to: number }[];
}

/**
 * The order in which a textbook draws a network: what is computed runs straight through the middle, with the leaves that each
 * operation reads on either side of it. Without it the layout puts all of a node's leaves on one side of what it computes on,
 * and each layer shifts the next: a chain becomes a diagonal, several times as wide. A node with many leaves of its own gets
 * them in rows, for the same reason.
 */
export function readingOrder({ nodes, edges }: Drawable): ReadingOrder {
  const reads = new Map<number, number[]>(nodes.map(({ id }) => [id, []]));
  const readers = new Map<number, number>();
  for (const { from, to } of edges) {
    reads.get(to)!.push(from);
    readers.set(from, (readers.get(from) ?? 0) + 1);
  }
  const isLeaf = (id: number): boolean => reads.get(id)!.length === 0;
  const rank = new Map<number, number>();
  const rows: { from: number; to: number }[] = [];
  let odd = false;
  const arranged = (id: number): number[] => {
    const all = reads.get(id)!;
    const leaves = all.filter(isLeaf);
    const own = leaves.filter((leaf) => readers.get(leaf) === 1);
    if (own.length > row + 1) own.slice(row).forEach((to, i) => rows.push({ from: own[i]!, to }));
    // The odd one goes to either side in turn, so that a chain of them does not drift.
    if (leaves.length % 2 === 1) odd = !odd;
    const half = odd ? Math.ceil(leaves.length / 2) : Math.floor(leaves.length / 2);
    return [...leaves.slice(0, half), ...all.filter((one) => !isLeaf(one)), ...leaves.slice(half)];
  };
  const seen = new Set<number>();
  // From what nothing reads, the last first: that is the loss. A stack of its own: chains are as long as programs run.
  for (const { id: end } of [...nodes].reverse().filter(({ id }) => !readers.has(id))) {
    const under = [{ id: end, left: arrangedOnce(end) }];
    while (under.length > 0) {
      const { id, left } = under.at(-1)!;
      const next = left.shift();
      if (next === undefined) {
        rank.set(id, rank.size);
        under.pop();
      } else if (!seen.has(next)) under.push({ id: next, left: arrangedOnce(next) });
    }
  }
  return { rank, rows };

  function arrangedOnce(id: number): number[] {
    seen.add(id);
    return arranged(id);
  }
}
