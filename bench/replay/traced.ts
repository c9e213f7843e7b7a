import type { ModulePath } from '../../engine/base/brand.ts';
import { startRunner } from '../../engine/node/runner.ts';
import { defaultBudget } from '../../engine/protocol/worker.ts';
import type { Trace } from '../../engine/trace/format.ts';
import { chain } from './models.ts';

const entry = 'model.ts' as ModulePath;

/** Runs the chain in the sandbox, with limits that let it. */
export async function traced(folder: string, turns: number, workerFile: string): Promise<Trace> {
  const runner = startRunner({ spare: false, workerFile });
  try {
    const budget = { ...defaultBudget, softDeadline: 60_000, hardDeadline: 90_000, nodes: 10_000_000 };
    const result = await runner.run({ root: folder, entry, overlays: new Map([[entry, chain(turns)]]), budget });
    if (!result?.trace)
      throw new Error(result?.problems.map(({ message }) => message).join('\n') ?? 'The run was lost.');
    return result.trace;
  } finally {
    runner.dispose();
  }
}
