import { spawnSync } from 'node:child_process';
import { assets, bundled, here } from './engines.ts';
import type { Sample } from './memory-sample.ts';
import type { Steps } from './memory-steps.ts';

/** Memory of a training loop: what a step takes, and what 10,000 of them leave behind, in Node and in the sandbox. */
export async function memory(folder: string): Promise<string> {
  const inNode = JSON.parse(await measured('memory-steps.ts', folder)) as Steps;
  const inSandbox = JSON.parse(await measured('memory-runs.ts', folder, assets, here)) as Sample[];
  return [
    '\nMemory of W2, after a collection',
    `  one step's values and gradients while they are held: ${(inNode.held / 2 ** 20).toFixed(2)} MB`,
    ...table('in Node', inNode.samples),
    ...table('in the sandbox, in runs of 100 steps', inSandbox),
  ].join('\n');
}

async function measured(entry: string, folder: string, ...args: readonly string[]): Promise<string> {
  const module = await bundled(entry, folder);
  const options = { encoding: 'utf8', maxBuffer: 2 ** 20 } as const;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--expose-gc', module, ...args], options);
  if (status !== 0) throw new Error(`${entry}: ${stderr}`);
  return stdout;
}

function table(where: string, samples: readonly Sample[]): string[] {
  return [
    `  ${where}: ${growth(samples).toFixed(0)} bytes a step more from step 2,500 on`,
    '      step   in use MB  process MB',
    ...samples.map(
      ({ step, used, resident }) => `    ${String(step).padStart(6)}${megabytes(used)}${megabytes(resident)}`,
    ),
  ];
}

/** The first steps are those in which the machine still translates the program. */
function growth(samples: readonly Sample[]): number {
  const [from, to] = [samples.find(({ step }) => step === 2500)!, samples.at(-1)!];
  return (to.used - from.used) / (to.step - from.step);
}

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(2).padStart(12);
