import type { Brand } from './brand.ts';

/** Zero-based index of a UTF-16 unit in a text. */
export type Offset = Brand<number, 'Offset'>;

/** Half-open range of a text. */
export interface Span {
  readonly start: Offset;
  readonly end: Offset;
}

/** A position as people and compilers write it: both counted from 1. The only other numbering is `Offset`. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export const span = (start: number, end: number): Span => ({ start: start as Offset, end: end as Offset });

export const contains = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** Translates between offsets and positions of one text. The only place where the two meet. */
export class LineTable {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
    this.#length = text.length;
  }

  positionAt(offset: Offset): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1 };
  }

  /** Positions outside the text are moved to its nearest end. */
  offsetAt({ line, column }: Position): Offset {
    if (line < 1) return 0 as Offset;
    const start = this.#starts[line - 1];
    if (start === undefined) return this.#length as Offset;
    const end = this.#starts[line] === undefined ? this.#length : this.#starts[line] - 1;
    return Math.min(start + Math.max(0, column - 1), end) as Offset;
  }
}
