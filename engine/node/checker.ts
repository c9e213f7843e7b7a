import { Checker } from '../workers/checks/checker.ts';
import { type WorkerFile, builtWorker, threadsOf } from './threads.ts';

/** @param workerFile default: `check-worker.js` beside this bundle */
export const startChecker = (workerFile: WorkerFile = builtWorker('check-worker.js')): Checker =>
  new Checker(threadsOf(workerFile));
