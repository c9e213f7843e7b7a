import { Worker } from 'node:worker_threads';
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { type LayOut, layOutWith } from '../workers/tasks/lay-out.ts';
import { type WorkerFile, builtWorker, urlOf } from './threads.ts';

/** @param workerFile default: `layout-worker.js` beside this bundle */
export const layOutBy = (workerFile: WorkerFile = builtWorker('layout-worker.js')): LayOut =>
  layOutWith((graph) => {
    const thread = new Worker(urlOf(workerFile), { env: {}, execArgv: [] });
    const laidOut = new Promise<ElkNode | null>((resolve) => {
      thread.on('message', (answer: { laidOut: ElkNode | null }) => resolve(answer.laidOut));
      thread.on('error', () => resolve(null));
      thread.on('exit', () => resolve(null));
    });
    thread.postMessage(graph);
    return { laidOut, end: () => void thread.terminate() };
  });
