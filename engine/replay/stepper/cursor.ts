import type { ScopeId } from '../../base/brand.ts';
import { Stretches } from './stretches.ts';
import type { Timeline } from './timeline.ts';

/**
 * Where a reader is in a replay. `depth` is how many of the scopes round the next moment have been stepped into, program first:
 * what lies deeper happens in one step. One more than all of them is inside the op itself, input by input.
 */
export interface Place {
  readonly position: number;
  readonly depth: number;
}

/** The ways to move, both directions. Knows places and no state: what holds at a place can be worked out from it alone. */
export class Cursor {
  readonly stretches: Stretches;

  constructor(readonly timeline: Timeline) {
    this.stretches = new Stretches(timeline);
  }

  start(): Place {
    return this.#arrive(0, [], 0);
  }

  end(): Place {
    return { position: this.timeline.length, depth: 0 };
  }

  /** At a moment, inside everything that is round it. */
  inside(position: number): Place {
    return position >= this.timeline.length ? this.end() : { position, depth: this.#pathAt(position).length };
  }

  /** The scope that happens in one step at a place, or null where that is the op alone. */
  closed({ position, depth }: Place): ScopeId | null {
    return position < this.timeline.length ? (this.#pathAt(position)[depth] ?? null) : null;
  }

  /** Whether the op is taken apart into its inputs. */
  isInsideOp({ position, depth }: Place): boolean {
    return position < this.timeline.length && depth > this.#pathAt(position).length;
  }

  /** The moments that happen in one step at a place: from its position up to, and without, this one. */
  stepEnd(place: Place): number {
    const { position } = place;
    if (position >= this.timeline.length) return position;
    if (this.isInsideOp(place)) return position + 1;
    const scope = this.closed(place);
    return scope === null
      ? this.timeline.group(position).end
      : this.stretches.end(scope, this.timeline.phaseAt(position));
  }

  over(place: Place): Place {
    const { position, depth } = place;
    return position >= this.timeline.length
      ? place
      : this.#arrive(this.stepEnd(place), this.#pathAt(position), depth, position);
  }

  /** Into the scope or the op that is next; where there is nothing to enter, the same as over. */
  into(place: Place): Place {
    const { position, depth } = place;
    if (position >= this.timeline.length) return place;
    const path = this.#pathAt(position);
    if (depth < path.length) return { position, depth: this.#opened(position, path, depth + 1) };
    const { start, end } = this.timeline.group(position);
    return depth === path.length && end - start > 1 ? { position, depth: depth + 1 } : this.over(place);
  }

  /** To what follows the innermost scope that was entered, an iteration of a loop among them. */
  out(place: Place): Place {
    const { position, depth } = place;
    if (position >= this.timeline.length) return place;
    const path = this.#pathAt(position);
    if (depth > path.length) return this.#arrive(this.timeline.group(position).end, path, path.length, position);
    const scope = path[depth - 1];
    if (scope === undefined) return this.end();
    return this.#arrive(this.stretches.end(scope, this.timeline.phaseAt(position)), path, depth - 1, position);
  }

  /** Over, the other way round: undoes the last op, or the last scope as a whole where one is outside it. */
  back(place: Place): Place {
    const { position, depth } = place;
    if (position === 0) return this.start();
    const last = position - 1;
    const path = this.#pathAt(last);
    const here = position < this.timeline.length ? this.#pathAt(position) : [];
    const { start, end } = this.timeline.group(last);
    if (depth > here.length && end > position) return { position: last, depth };
    const shared = this.#opened(last, path, common(here, Math.min(depth, here.length), path));
    const scope = path[shared];
    return {
      position: scope === undefined ? start : this.stretches.first(scope, this.timeline.phaseAt(last)),
      depth: shared,
    };
  }

  /** The next moment alone, as deep as it gets. */
  instruction({ position }: Place, by: 1 | -1): Place {
    const next = Math.max(0, Math.min(this.timeline.length, position + by));
    if (next === this.timeline.length) return this.end();
    const { start, end } = this.timeline.group(next);
    return { position: next, depth: this.#pathAt(next).length + (end - start > 1 ? 1 : 0) };
  }

  /** `from` was left at `depth` of its path; as much of it as holds at the new position stays entered. */
  #arrive(position: number, path: readonly ScopeId[], depth: number, from = position): Place {
    if (position >= this.timeline.length) return this.end();
    const next = this.#pathAt(position);
    if (depth > path.length && position < this.timeline.group(from).end) return { position, depth };
    return { position, depth: this.#opened(position, next, common(path, Math.min(depth, path.length), next)) };
  }

  /** Goes on into what need not be entered by hand. */
  #opened(position: number, path: readonly ScopeId[], depth: number): number {
    const phase = this.timeline.phaseAt(position);
    let opened = depth;
    while (opened < path.length && this.stretches.isOpen(path[opened]!, phase)) opened++;
    return opened;
  }

  #pathAt(position: number): readonly ScopeId[] {
    return this.stretches.path(this.timeline.nodeAt(position));
  }
}

/** How far two paths agree, at most `limit`. */
function common(a: readonly ScopeId[], limit: number, b: readonly ScopeId[]): number {
  let shared = 0;
  while (shared < limit && shared < b.length && a[shared] === b[shared]) shared++;
  return shared;
}
