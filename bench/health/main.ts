import { analysis } from './analysis.ts';
import { training } from './training.ts';

/** How long it takes to see what is sick in a run, and how fast models are trained in the sandbox. `training` or `analysis`: that alone. */
export async function health([only = '']: readonly string[]): Promise<void> {
  if (only !== 'training') await analysis();
  if (only !== 'analysis') await training();
}
