import { analysis } from './analysis.ts';

/** How long it takes to see what is sick in a run. */
export const health = (): Promise<void> => analysis();
