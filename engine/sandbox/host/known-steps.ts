import type { Instance } from './instance.ts';
import type { Routine } from './routine.ts';
import type { Tape } from './tape.ts';

/** What a step of a training makes: so many tensors, and the place of the loss among them. */
export interface StepOutline {
  readonly tensors: number;
  readonly place: number;
}

interface Seen extends StepOutline {
  /** Steps in a row that were so. */
  times: number;
  isKnown: boolean;
}

/** After so many steps in a row that were alike it is asked why. */
const enough = 16;

/**
 * Steps that need not be asked for. A model of functions that can change nothing but their own variables, and call nothing but each
 * other and the library, does the same for ever once it has done the same twice, for as many rows: nothing else of the program runs
 * in between. Where it comes to do anything else, for another number of rows, all is forgotten for good.
 */
export class KnownSteps {
  readonly #seen = new Map<number, Seen>();
  #isOver: boolean;

  constructor(
    readonly tape: Tape,
    readonly routine: Routine,
    /** Whether a function of the user's does the same each time that all it calls does. */
    readonly isRepeatable: (scope: number) => boolean,
    /** Whether anything of the program runs between two steps. */
    isInterrupted: boolean,
  ) {
    this.#isOver = isInterrupted;
  }

  /** The step to come, where it is known. */
  get next(): StepOutline | null {
    const seen = this.#isOver ? undefined : this.#seen.get(this.#rows);
    return seen?.isKnown ? seen : null;
  }

  /** A step was made by the guest. */
  made({ tensors, place }: StepOutline, instance: Instance): void {
    if (this.#isOver) return;
    if (this.#knowsAny && !this.#isRepeatable(instance.bytes('scopesOfStep'))) {
      this.#isOver = true;
      return;
    }
    const rows = this.routine.rows;
    const before = this.#seen.get(rows);
    const isAlike = before?.tensors === tensors && before.place === place;
    const seen = isAlike ? before : { tensors, place, times: 0, isKnown: false };
    this.#seen.set(rows, seen);
    if (++seen.times === enough) seen.isKnown = this.#isRepeatable(instance.bytes('scopesOfSameStep'));
  }

  /** The guest makes the next step in a way in which nothing is seen of what it does: where it is not known, all is found out anew. */
  passUnseen(): void {
    if (this.next === null && this.#knowsAny) this.#seen.clear();
  }

  #isRepeatable(scopes: ArrayBuffer): boolean {
    const all = Array.from(new Int32Array(scopes));
    return all.length > 0 && all.every((scope) => this.isRepeatable(scope));
  }

  get #knowsAny(): boolean {
    for (const { isKnown } of this.#seen.values()) if (isKnown) return true;
    return false;
  }

  /** How many rows the next step is about. */
  get #rows(): number {
    const { batches } = this.routine;
    return batches === null ? 0 : this.tape.batches.rows(batches).length;
  }
}
