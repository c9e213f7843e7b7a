import { readFileSync } from 'node:fs';
import type { ModulePath } from '../../../engine/base/brand.ts';
import { WorkspaceFiles } from '../../../engine/node/workspace-files.ts';
import { defaultBudget } from '../../../engine/protocol/worker.ts';
import { TrainingRun } from '../../../engine/sandbox/host/training.ts';

const dist = new URL('../../../dist/', import.meta.url);
const entry = 'main.ts' as ModulePath;
const asset = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(new URL(name, dist)));

/** The training of a program's first model in its sandbox, in this thread. */
export const openTraining = async (text: string): Promise<TrainingRun> =>
  TrainingRun.open(
    {
      entry,
      files: new WorkspaceFiles('/', new Map([[entry, text]])),
      budget: defaultBudget,
      model: null,
      weights: [],
    },
    {
      wasm: await WebAssembly.compile(asset('quickjs.wasm')),
      bytecode: asset('guest.bin'),
      now: () => performance.now(),
      seen: () => undefined,
    },
  );
