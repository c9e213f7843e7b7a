import type { Runner } from '../protocol/worker.ts';
import type { FolderReader } from '../workers/files/folder-reader.ts';
import { WorkerRunner } from '../workers/runs/runner.ts';
import { onDisk } from './on-disk.ts';
import { type WorkerFile, builtWorker, threadsOf } from './threads.ts';

export interface RunnerOptions {
  /** Default: `worker.js` beside this bundle. */
  readonly workerFile?: WorkerFile;
  /** Whether a second worker is kept warm for when the first has to be killed. A single run needs none. Default true. */
  readonly spare?: boolean;
  /** Reads folders that are not on this machine's disk as well. Default: there are none. */
  readonly reader?: FolderReader;
}

/** Starts the sandbox in worker threads. */
export const startRunner = ({
  workerFile = builtWorker('worker.js'),
  spare = true,
  reader = onDisk,
}: RunnerOptions = {}): Runner => new WorkerRunner({ start: threadsOf(workerFile), reader }, spare);
