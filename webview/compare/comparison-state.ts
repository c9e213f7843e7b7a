import { signal } from '@preact/signals';
import type { ComparisonState } from '../../engine/protocol/comparing.ts';

/** The earlier run that the shown graph is compared with; null without one. */
export const comparison = signal<ComparisonState | null>(null);
