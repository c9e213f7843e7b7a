/** From where a training can be gone through again. */
export interface Checkpoint {
  /** Steps that were made by then. */
  readonly step: number;
  readonly bytes: number;
}

const most = 32;
const mostBytes = 128 * 2 ** 20;

/** Checkpoints of a training of any length: evenly spaced, the wider the more steps there are, and of bounded size altogether. */
export class Checkpoints<Kept extends Checkpoint> {
  #kept: Kept[] = [];
  #spacing = 16;

  /** Whether one is wanted after so many steps. */
  isDue(step: number): boolean {
    return step > 0 && step % this.#spacing === 0;
  }

  /** Takes what is after all others. One too many thins them out. */
  add(checkpoint: Kept): void {
    this.#kept.push(checkpoint);
    while (this.#kept.length > 1 && (this.#kept.length > most || this.bytes > mostBytes)) {
      this.#spacing *= 2;
      this.#kept = this.#kept.filter(({ step }) => step % this.#spacing === 0);
    }
  }

  /** The last one from which a step is still to come. */
  before(step: number): Kept | null {
    return this.#kept.filter((checkpoint) => checkpoint.step < step).at(-1) ?? null;
  }

  get bytes(): number {
    return this.#kept.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get steps(): readonly number[] {
    return this.#kept.map(({ step }) => step);
  }
}
