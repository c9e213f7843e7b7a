import type { NodeId } from '../../base/brand.ts';
import { countBelow } from '../../base/sorted.ts';
import type { Arguments } from '../arguments.ts';
import { holds } from '../expression/evaluate.ts';
import { type Asked, parse } from '../expression/parse.ts';
import { ExpressionError } from '../expression/tokens.ts';
import { meaningAt } from '../meaning.ts';
import type { Playback } from '../playback.ts';
import { type HitCount, hitCountOf } from './hit-count.ts';
import { type LogMessage, logMessageOf, messageAt } from './log-message.ts';

/** What is asked of a breakpoint besides its place. */
export interface Terms {
  readonly condition: Asked | null;
  readonly hits: HitCount | null;
  readonly message: LogMessage | null;
}

/** @throws ExpressionError, RequestError */
export function termsOf(given: Arguments, condition = given.optionalText('condition')): Terms {
  const hits = given.optionalText('hitCondition');
  const message = given.optionalText('logMessage');
  return {
    condition: condition === null || condition.trim() === '' ? null : parse(condition),
    hits: hits === null || hits.trim() === '' ? null : hitCountOf(hits),
    message: message === null || message === '' ? null : logMessageOf(message),
  };
}

/** What is said where a breakpoint is passed. */
export interface Passed {
  readonly stops: boolean;
  readonly says: string | null;
}

/**
 * Positions at which a breakpoint may stop, and which of them it does. Nothing of it changes with the way one comes there: the
 * third time is the third of all times, be it passed forward or backward.
 */
export class Breakpoint {
  /** Of the positions looked at so far, those where the condition holds. */
  #met: number[] = [];
  #looked = 0;
  /** Why the condition could not be worked out, told once. */
  trouble: string | null = null;

  constructor(
    readonly id: number,
    readonly playback: Playback,
    /** Ascending. */
    readonly positions: readonly number[],
    readonly terms: Terms,
    readonly watched: NodeId | null = null,
  ) {}

  /** The next position, or the one before; −1 where there is none. */
  nearest(position: number, direction: 1 | -1): number {
    const at = countBelow(this.positions, direction > 0 ? position + 1 : position);
    return this.positions[direction > 0 ? at : at - 1] ?? -1;
  }

  hasPosition(position: number): boolean {
    return this.positions[countBelow(this.positions, position)] === position;
  }

  /** At one of its positions. */
  pass(position: number): Passed {
    if (!this.#holdsAt(position)) return { stops: false, says: null };
    const { hits, message } = this.terms;
    if (hits && !hits(this.#times(position))) return { stops: false, says: null };
    if (message === null) return { stops: true, says: null };
    return { stops: false, says: messageAt(message, this.#meaning(position)) };
  }

  /** After a value was changed nothing that was worked out before holds. */
  forget(): void {
    this.#met = [];
    this.#looked = 0;
    this.trouble = null;
  }

  #times(position: number): number {
    for (; this.#looked < this.positions.length && this.positions[this.#looked]! <= position; this.#looked++)
      if (this.#holdsAt(this.positions[this.#looked]!)) this.#met.push(this.positions[this.#looked]!);
    return countBelow(this.#met, position + 1);
  }

  #holdsAt(position: number): boolean {
    const { condition } = this.terms;
    if (condition === null) return true;
    try {
      return holds(condition, this.#meaning(position));
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.trouble ??= error.message;
      return false;
    }
  }

  #meaning(position: number): ReturnType<typeof meaningAt> {
    return meaningAt(this.playback, { position, ...(this.watched !== null && { watched: this.watched }) });
  }
}
