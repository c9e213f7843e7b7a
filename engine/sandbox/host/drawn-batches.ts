import { Shuffle } from '../../autograd/batches.ts';
import { t } from '../../base/l10n.ts';
import { RunStopped } from './limits.ts';

interface Drawn {
  readonly shuffle: Shuffle;
  steps: number;
}

/** The batches of a program, drawn on this side of the wall. They are known by their numbers. */
export class DrawnForGuest {
  readonly #all: Drawn[] = [];
  #bytes = 0;

  /** @param most bytes that the orders of all rows may take together */
  constructor(readonly most: number) {}

  /** @throws RunStopped for numbers that the library lets nobody ask for, and beyond the limit of memory */
  add(size: number, of: number, seed: number): number {
    if (![size, of, seed].every(Number.isInteger) || !(size >= 1 && size <= of))
      throw new RunStopped('internal', 'There are no such batches.');
    this.#bytes += (of + size) * Float64Array.BYTES_PER_ELEMENT;
    if (this.#bytes > this.most) throw new RunStopped('too-large', t('A tensor is over the limit of memory.'));
    return this.#all.push({ shuffle: new Shuffle({ size, of, seed }), steps: 0 }) - 1;
  }

  rows(number: number): readonly number[] {
    return this.#of(number).shuffle.rows;
  }

  advance(number: number): void {
    const drawn = this.#of(number);
    drawn.shuffle.advance();
    drawn.steps++;
  }

  /** How many steps of each are over. */
  get steps(): readonly number[] {
    return this.#all.map(({ steps }) => steps);
  }

  /** Goes on where those of another run of the program stood, which these have not passed. */
  resume(steps: readonly number[]): void {
    steps.forEach((wanted, number) => {
      while (this.#of(number).steps < wanted) this.advance(number);
    });
  }

  #of(number: number): Drawn {
    const drawn = this.#all[number];
    if (!drawn) throw new RunStopped('internal', 'There are no such batches.');
    return drawn;
  }
}
