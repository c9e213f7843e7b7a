/** The worker thread that checks gradients. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CheckWorkerStart, FromChecker, ToChecker } from '../workers/checks/messages.ts';
import { serveChecks } from '../workers/checks/serve-checks.ts';

serveChecks(
  {
    post: (message: FromChecker) => parentPort!.postMessage(message),
    listen: (heard: (message: ToChecker) => void) => void parentPort!.on('message', heard),
  },
  workerData as CheckWorkerStart,
);
