import { span, type Offset, type Span } from '../../engine/base/span.ts';

/**
 * How one text became another, taken as one replaced stretch. Places outside the stretch keep their meaning and move along;
 * places inside have none in the other text. This is what lets the last good run speak about a buffer that was edited since.
 */
export class Drift {
  readonly #prefix: number;
  readonly #beforeEnd: number;
  readonly #afterEnd: number;

  constructor(before: string, after: string) {
    const shorter = Math.min(before.length, after.length);
    let prefix = 0;
    while (prefix < shorter && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++;
    let suffix = 0;
    while (
      suffix < shorter - prefix &&
      before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)
    )
      suffix++;
    this.#prefix = prefix;
    this.#beforeEnd = before.length - suffix;
    this.#afterEnd = after.length - suffix;
  }

  /** Null when something of the span itself was changed. An edit at its very edge leaves it as it was. */
  spanAfter({ start, end }: Span): Span | null {
    if (end <= this.#prefix) return span(start, end);
    if (start < this.#beforeEnd) return null;
    const shift = this.#afterEnd - this.#beforeEnd;
    return span(start + shift, end + shift);
  }

  /** Null when the offset lies in what was typed since. */
  offsetBefore(offset: Offset): Offset | null {
    if (offset < this.#prefix || (offset === this.#prefix && this.#unchanged)) return offset;
    if (offset < this.#afterEnd) return null;
    return (offset - this.#afterEnd + this.#beforeEnd) as Offset;
  }

  get #unchanged(): boolean {
    return this.#prefix === this.#beforeEnd && this.#prefix === this.#afterEnd;
  }
}
