import { type ChangedPages, changedPages, withPages } from '../../training/pages.ts';
import type { Checkpoint } from '../../training/checkpoints.ts';
import type { GuestMemory } from './instance.ts';
import type { TapeState, TrainingSteps } from './training-steps.ts';

/** A training between two steps: both sides of the wall. */
export interface TrainingCheckpoint extends Checkpoint {
  readonly guest: ChangedPages;
  readonly rest: Omit<GuestMemory, 'bytes'>;
  readonly tape: TapeState;
}

/** Takes checkpoints, of each only what is not as it was before the first step. */
export class CheckpointTaker {
  constructor(readonly base: Uint8Array) {}

  /** Null at a moment that cannot be gone back to. */
  take(step: number, steps: TrainingSteps, memory: () => GuestMemory): TrainingCheckpoint | null {
    const tape = steps.state();
    if (!tape) return null;
    const { bytes, ...rest } = memory();
    const guest = changedPages(this.base, bytes);
    const contents = [...tape.leaves.values(), ...tape.made.map(({ data }) => data)];
    const held = contents.reduce((sum, { byteLength }) => sum + byteLength, guest.contents.length);
    return { step, bytes: held, guest, rest, tape };
  }

  memoryOf({ guest, rest }: TrainingCheckpoint): GuestMemory {
    return { ...rest, bytes: withPages(this.base, guest) };
  }
}
