/** The known word that is spelt most like this one, if it is near enough to have been meant; null otherwise. */
export function nearest(word: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(word.length / 3)) + 0.75;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    // Of two that are as near, the one of the same length: letters are swapped more often than forgotten.
    const steps = distance(word.toLowerCase(), candidate.toLowerCase()) + (candidate.length === word.length ? 0 : 0.5);
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best;
}

/**
 * Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal string alignment).
 * A letter that was struck twice counts for little.
 */
function distance(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    const doubled = a[i - 1] === a[i - 2] ? 0.25 : 1;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let steps = Math.min(last[j]! + doubled, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, before[j - 2]! + 1);
      row.push(steps);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

/** A name of Python's as JavaScript writes it: `weight_decay` is `weightDecay`. */
export const camelCase = (name: string): string =>
  name.replace(/(?<=[A-Za-z0-9])_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
