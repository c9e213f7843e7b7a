import type { Assets } from '../workers/threads/inside.ts';
import type { CheckWorkerStart } from '../workers/checks/messages.ts';
import type { TrainerStart } from '../workers/training/messages.ts';
import type { WorkerStart } from '../workers/threads/messages.ts';

/** The first message to a Worker: what it is to be, with everything for it that a worker thread of Node would read from disk. */
export type StartMessage =
  | { readonly work: 'run'; readonly start: WorkerStart; readonly assets: Assets }
  | { readonly work: 'train'; readonly start: TrainerStart; readonly assets: Assets }
  | { readonly work: 'check'; readonly start: CheckWorkerStart };
