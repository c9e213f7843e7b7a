import { Cursor, type Place } from './cursor.ts';
import type { Timeline } from './timeline.ts';

export type Move = 'over' | 'into' | 'out' | 'line' | 'instruction';

/** Enough for anybody's patience; a stepper that is driven by a program must not grow without end. */
const remembered = 10_000;

/**
 * A cursor that knows where it came from: a step back first undoes the steps that were made, whatever they were, and then goes
 * on to what lies before them.
 */
export class Stepper {
  readonly cursor: Cursor;
  #place: Place;
  #came: Place[] = [];

  /** @param lineOf what source line a place is shown at: places with the same answer are on one line. */
  constructor(
    readonly timeline: Timeline,
    readonly lineOf: (place: Place) => string,
  ) {
    this.cursor = new Cursor(timeline);
    this.#place = this.cursor.start();
  }

  get place(): Place {
    return this.#place;
  }

  get position(): number {
    return this.#place.position;
  }

  get isAtEnd(): boolean {
    return this.position >= this.timeline.length;
  }

  step(move: Move): void {
    const from = this.#place;
    this.#place = this.#moved(move);
    if (same(from, this.#place)) return;
    this.#came.push(from);
    if (this.#came.length > remembered) this.#came.shift();
  }

  back(move: 'over' | 'line' | 'instruction'): void {
    const last = this.#came.pop();
    if (last) this.#place = last;
    else if (move === 'instruction') this.#place = this.cursor.instruction(this.#place, -1);
    else this.#place = move === 'line' ? this.#lineBack() : this.cursor.back(this.#place);
  }

  /** To a place that was not stepped to: there is nothing to undo then. */
  jump(place: Place): void {
    this.#place = place;
    this.#came = [];
  }

  #moved(move: Move): Place {
    switch (move) {
      case 'over':
        return this.cursor.over(this.#place);
      case 'into':
        return this.cursor.into(this.#place);
      case 'out':
        return this.cursor.out(this.#place);
      case 'instruction':
        return this.cursor.instruction(this.#place, 1);
      case 'line':
        return this.#lineOn();
    }
  }

  #lineOn(): Place {
    const line = this.lineOf(this.#place);
    let place = this.#place;
    do place = this.cursor.over(place);
    while (place.position < this.timeline.length && this.lineOf(place) === line);
    return place;
  }

  /** To where the line before begins. */
  #lineBack(): Place {
    if (this.position === 0) return this.cursor.start();
    let place = this.cursor.back(this.#place);
    const here = this.isAtEnd ? '' : this.lineOf(this.#place);
    while (place.position > 0 && this.lineOf(place) === here) place = this.cursor.back(place);
    const line = this.lineOf(place);
    for (let before = place; before.position > 0;) {
      before = this.cursor.back(before);
      if (this.lineOf(before) !== line) break;
      place = before;
    }
    return place;
  }
}

const same = (a: Place, b: Place): boolean => a.position === b.position && a.depth === b.depth;
