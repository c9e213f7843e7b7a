import { signal } from '@preact/signals';
import type { TrainingState } from '../../engine/protocol/training.ts';

/** The training of the shown file; null without one. */
export const training = signal<TrainingState | null>(null);
