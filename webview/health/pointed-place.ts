import { signal } from '@preact/signals';
import type { FlowBar } from '../../engine/explain/flow/view.ts';

/** What of the graph the place stands for that is pointed at in the gradient's flow. It alone is lit then. */
export const pointedPlace = signal<FlowBar['lit'] | null>(null);
