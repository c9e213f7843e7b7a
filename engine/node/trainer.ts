import type { StartTrainer, Trainer } from '../protocol/training.ts';
import { WorkerTrainer } from '../workers/training/trainer.ts';
import { onDisk } from './on-disk.ts';
import type { RunnerOptions } from './runner.ts';
import { builtWorker, threadsOf } from './threads.ts';

/** Default of the file: `train-worker.js` beside this bundle. */
export type TrainerOptions = Pick<RunnerOptions, 'workerFile' | 'reader'>;

/** Starts a training in a worker thread of its own. */
export const startTrainer = (
  request: Parameters<StartTrainer>[0],
  changed: Parameters<StartTrainer>[1],
  { workerFile = builtWorker('train-worker.js'), reader = onDisk }: TrainerOptions = {},
): Trainer => new WorkerTrainer(request, changed, { start: threadsOf(workerFile), reader });
