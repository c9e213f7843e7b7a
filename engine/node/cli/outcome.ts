import { limitCodes } from '../../base/problem.ts';
import type { ProblemDocument } from '../../explain/json.ts';

/** What the command line ends with. */
export const exit = { done: 0, modelProblems: 1, wrongUse: 2, limitHit: 3 } as const;

/** The command was given something that it cannot mean. Said without a stack; ends with 2. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

/** Warnings do not fail a run; a limit weighs more than a mistake. */
export function exitCodeFor(problems: readonly (ProblemDocument & { readonly severity: string })[]): number {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.some(({ code }) => (limitCodes as ReadonlySet<string>).has(code))) return exit.limitHit;
  return errors.length > 0 ? exit.modelProblems : exit.done;
}

/** Texts of the model may hold escapes for the terminal, or new lines that look like problems: they are shown as signs. */
export const harmless = (text: string): string => text.replace(/\p{Cc}/gu, (sign) => (sign === '\n' ? ' ⏎ ' : '�'));

export const problemLine = ({ file, line, column, message }: ProblemDocument): string =>
  `${file}:${line}:${column}: ${harmless(message)}`;

/** Of several names, the one that was probably meant. */
export function nearest(wanted: string, names: readonly string[]): string | null {
  const ranked = names
    .map((name) => ({ name, away: distance(wanted.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.away - b.away);
  const [best] = ranked;
  return best && best.away <= Math.max(2, wanted.length / 3) ? best.name : null;
}

/** Levenshtein's: insertions, deletions and replacements. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + Number(a[i - 1] !== b[j - 1])));
    row = next;
  }
  return row[b.length]!;
}
