import type { NodeId } from '../../engine/base/brand.ts';
import type { Offset, Span } from '../../engine/base/span.ts';
import type { Place } from '../place.ts';
import { Drift } from './drift.ts';
import type { Live } from './live.ts';

/** Finds nodes in a text as it is now, and places of nodes in it: the trace knows the text as it was when it ran. */
export class Traced {
  readonly #live: Live;

  constructor(live: Live) {
    this.#live = live;
  }

  /** Null when the last good run did not read this file. */
  drift(place: Place, text: string): Drift | null {
    if (!this.#live.showsTrace || this.#live.place?.root !== place.root) return null;
    const file = this.#live.presenter.trace?.files.find((one) => one.path === place.path);
    return file === undefined ? null : new Drift(file.text, text);
  }

  nodeAt(place: Place, text: string, offset: Offset): NodeId | null {
    const before = this.drift(place, text)?.offsetBefore(offset) ?? null;
    return before === null ? null : this.#live.presenter.nodeAt(place.path, before);
  }

  /** Where a span of the trace is in the text now, or null when it was edited away. */
  spanIn(place: Place, text: string, span: Span): Span | null {
    return this.drift(place, text)?.spanAfter(span) ?? null;
  }
}
