import { computed, signal } from '@preact/signals';
import type { TrainingState } from '../../engine/protocol/training.ts';

/** The training of the shown file; null without one. */
export const training = signal<TrainingState | null>(null);

/** The step under the pointer in any of the charts. */
export const pointed = signal<number | null>(null);

/** The step that the scrubber was moved to, until its graph is there. */
const moved = signal<number | null>(null);

/** The step that numbers beside the charts are of: what is pointed at, what is shown, or the last one. */
export const readStep = computed(() => pointed.value ?? scrubbed.value ?? training.value?.step ?? 0);

/** Where the scrubber stands; null: at the live graph. */
export const scrubbed = computed(() => moved.value ?? training.value?.shown ?? null);

export function takeTraining(next: TrainingState | null): void {
  if (next === null || next.shown === moved.value || (moved.value ?? 0) > next.step) moved.value = null;
  training.value = next;
}

export function scrubTo(step: number | null): void {
  moved.value = step;
}
