import { spawnSync } from 'node:child_process';
import { bundled } from './engines.ts';
import type { Steps } from './memory-steps.ts';

/** Memory of a training loop in plain Node: what a step takes, and what 10,000 of them leave behind. */
export async function memory(folder: string): Promise<string> {
  const module = await bundled('memory-steps.ts', folder);
  const { stdout, status } = spawnSync(process.execPath, ['--expose-gc', module], {
    encoding: 'utf8',
    maxBuffer: 2 ** 20,
  });
  if (status !== 0) return 'Memory could not be measured.';
  const { held, samples } = JSON.parse(stdout) as Steps;
  const rows = samples.map(
    ({ step, used, resident }) => `  ${String(step).padStart(6)}${megabytes(used)}${megabytes(resident)}`,
  );
  // The first steps are those in which the machine still translates the program.
  const [from, to] = [samples[2]!, samples.at(-1)!];
  const growth = (to.used - from.used) / (to.step - from.step);
  return [
    '\nMemory of W2 in Node, after a collection',
    `  one step's values and gradients while they are held: ${(held / 2 ** 20).toFixed(2)} MB`,
    `  growth from step 2,500 on: ${growth.toFixed(1)} bytes a step`,
    '    step   in use MB   process MB',
    ...rows,
  ].join('\n');
}

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(2).padStart(12);
