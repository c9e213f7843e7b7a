import { type ChangedPages, changedPages, withPages } from '../../training/pages.ts';
import { type Checkpoint, Checkpoints } from '../../training/checkpoints.ts';
import type { GuestMemory } from './instance.ts';
import type { TapeState, TrainingSteps } from './training-steps.ts';

/** A training between two steps: both sides of the wall. */
export interface TrainingCheckpoint extends Checkpoint {
  readonly guest: ChangedPages;
  readonly rest: Omit<GuestMemory, 'bytes'>;
  readonly tape: TapeState;
}

/** Milliseconds of training that are sooner made again than kept. */
const worthwhile = 150;
/** So many times what a checkpoint takes goes by until the next. */
const share = 40;

/** The moments that a training can be gone through again from: of each only what is not as it was before the first step. */
export class TrainingCheckpoints {
  readonly #kept = new Checkpoints<TrainingCheckpoint>();
  /** When the next one is worth its time. */
  #from: number;

  constructor(
    /** The guest's memory before the first step. */
    readonly base: Uint8Array,
    readonly now: () => number,
  ) {
    this.#from = now() + worthwhile;
  }

  /** After a step: where one is due, and the moment can be gone back to, it is kept. */
  after(step: number, steps: TrainingSteps, memory: () => GuestMemory): void {
    if (!this.#kept.isDue(step)) return;
    const started = this.now();
    if (started < this.#from) return;
    const checkpoint = this.#taken(step, steps, memory);
    if (checkpoint) this.#kept.add(checkpoint);
    const ended = this.now();
    this.#from = ended + Math.max(worthwhile, share * (ended - started));
  }

  /** The last one from which a step is still to come. */
  before(step: number): TrainingCheckpoint | null {
    return this.#kept.before(step);
  }

  memoryOf({ guest, rest }: TrainingCheckpoint): GuestMemory {
    return { ...rest, bytes: withPages(this.base, guest) };
  }

  #taken(step: number, steps: TrainingSteps, memory: () => GuestMemory): TrainingCheckpoint | null {
    const tape = steps.state();
    if (!tape) return null;
    const { bytes, ...rest } = memory();
    const guest = changedPages(this.base, bytes);
    const contents = [...tape.leaves.values(), ...tape.made.map(({ data }) => data)];
    const held = contents.reduce((sum, { byteLength }) => sum + byteLength, guest.contents.length);
    return { step, bytes: held, guest, rest, tape };
  }
}
