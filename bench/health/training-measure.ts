/** A training in the sandbox as the worker of a training does it, as one module that can be bundled. */
import { readFileSync } from 'node:fs';
import type { ModulePath } from '../../engine/base/brand.ts';
import { WorkspaceFiles } from '../../engine/node/workspace-files.ts';
import { defaultBudget } from '../../engine/protocol/worker.ts';
import { TrainingRun } from '../../engine/sandbox/host/training.ts';

const entry = 'model.ts' as ModulePath;

/** Makes so many steps, and hands over their losses. */
export type Train = (steps: number) => readonly number[];

/** @param assets folder of the worker's files; `folder` is a workspace of no files. */
export async function sandboxed(text: string, model: string, assets: string, folder: string): Promise<Train> {
  const run = await TrainingRun.open(
    {
      entry,
      files: new WorkspaceFiles(folder, new Map([[entry, text]])),
      budget: { ...defaultBudget, softDeadline: 60_000 },
      model,
      weights: [],
    },
    {
      wasm: await WebAssembly.compile(readFileSync(`${assets}/quickjs.wasm`)),
      bytecode: new Uint8Array(readFileSync(`${assets}/guest.bin`)),
      now: () => performance.now(),
      seen: () => undefined,
    },
  );
  return (steps) => Array.from({ length: steps }, () => run.next());
}
