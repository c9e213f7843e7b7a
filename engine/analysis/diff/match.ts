/** Pairs of things of two lists that are taken for the same. */
export interface Matching {
  /** By place in the list before: the place in the list after, or null. */
  readonly after: readonly (number | null)[];
  readonly before: readonly (number | null)[];
}

/** What two things must have in common to be the same, given the pairs that are known. Null: this one cannot say. */
export type Key = (place: number, side: 'before' | 'after', matching: Matching) => string | null;

/**
 * Matches two lists by keys, the most telling first: what one key leaves over is tried by the next. Of several with the same
 * key the first goes with the first, and so on. Exchanging the lists exchanges the answer.
 */
export function match(before: number, after: number, keys: readonly Key[]): Matching {
  const matching = { before: filled(after), after: filled(before) };
  for (const key of keys) {
    // Pairs of one key must not depend on the order in which they are found.
    const known: Matching = { before: [...matching.before], after: [...matching.after] };
    const left = grouped(matching.after, (place) => key(place, 'before', known));
    const right = grouped(matching.before, (place) => key(place, 'after', known));
    for (const [text, places] of left) {
      const others = right.get(text) ?? [];
      for (let i = 0; i < Math.min(places.length, others.length); i++) {
        matching.after[places[i]!] = others[i]!;
        matching.before[others[i]!] = places[i]!;
      }
    }
  }
  return matching;
}

const filled = (length: number): (number | null)[] => Array.from({ length }, () => null);

function grouped(
  matched: readonly (number | null)[],
  keyOf: (place: number) => string | null,
): ReadonlyMap<string, number[]> {
  const groups = new Map<string, number[]>();
  matched.forEach((other, place) => {
    if (other !== null) return;
    const key = keyOf(place);
    if (key === null) return;
    const group = groups.get(key);
    if (group) group.push(place);
    else groups.set(key, [place]);
  });
  return groups;
}
