import type { Offset } from '../base/span.ts';

/** Text to put in at one place. Its text may be settled after it was placed: a scope is only worth its cost if something happens in it. */
export interface Insertion {
  readonly at: number;
  text: string;
}

export interface EditedText {
  readonly text: string;
  /** Where a place of the edited text stands in the original. All of an insertion stands where it was put in. */
  toOriginal(offset: number): Offset;
}

/**
 * Insertions into a text, never a newline, so that lines stay where they are. At one place they keep the order in which
 * they were asked for: a walk that opens outer before inner, and closes inner before outer, nests correctly by itself.
 */
export class Edits {
  readonly #insertions: Insertion[] = [];
  readonly #blanks: { readonly start: number; readonly end: number; readonly first: string }[] = [];

  insert(at: number, text: string): Insertion {
    const insertion = { at, text };
    this.#insertions.push(insertion);
    return insertion;
  }

  /** Replaces everything but line ends by spaces; the first character may become `first` (a semicolon, against joined lines). */
  blank(start: number, end: number, first = ''): void {
    if (start < end) this.#blanks.push({ start, end, first });
  }

  /** `base` is as long as the text the offsets were taken from. */
  apply(base: string): EditedText {
    const blanked = this.#applyBlanks(base);
    const insertions = this.#insertions.filter(({ text }) => text !== '').sort((a, b) => a.at - b.at);
    let text = '';
    let from = 0;
    const ends: number[] = [];
    for (const insertion of insertions) {
      text += blanked.slice(from, insertion.at) + insertion.text;
      from = insertion.at;
      ends.push(text.length);
    }
    return { text: text + blanked.slice(from), toOriginal: (offset) => toOriginal(offset, insertions, ends) };
  }

  #applyBlanks(base: string): string {
    let text = base;
    for (const { start, end, first } of this.#blanks) {
      const blank = first + text.slice(start + first.length, end).replace(/[^\r\n]/g, ' ');
      text = text.slice(0, start) + blank + text.slice(end);
    }
    return text;
  }
}

/** `ends[i]` is where insertion i ends in the edited text; after it, both texts run in step until the next one. */
function toOriginal(offset: number, insertions: readonly Insertion[], ends: readonly number[]): Offset {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  const before = insertions[low - 1];
  const inStep = before === undefined ? offset : before.at + offset - ends[low - 1]!;
  const after = insertions[low];
  return (after === undefined ? inStep : Math.min(inStep, after.at)) as Offset;
}
