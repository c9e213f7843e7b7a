import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { t } from '../base/l10n.ts';
import type { StartThread } from '../workers/threads/thread.ts';

/** What a worker thread is started with besides what is asked of it. */
export interface InNode {
  /** URL of the folder with the guest's bytecode and QuickJS: that of the worker itself. */
  readonly assets: string;
}

/** A built worker: an absolute path or a file URL; what it needs lies beside it. */
export type WorkerFile = string | URL;

/** Run from source, as tests do, the built workers are in dist; else beside this bundle. */
export const builtWorker = (name: string): URL =>
  new URL(import.meta.url.endsWith('.ts') ? `../../dist/${name}` : `./${name}`, import.meta.url);

export const urlOf = (file: WorkerFile): URL => (typeof file === 'string' ? pathToFileURL(file) : file);

/**
 * Megabytes for what is new in a worker. A run keeps all it makes until its trace is written: with as little room as is usual, ten
 * thousand ops spent a sixth of their time on being moved about.
 */
export const youngGeneration = 64;

/** Worker threads that run a file. */
export function threadsOf<Start extends object, To, From>(workerFile: WorkerFile): StartThread<Start, To, From> {
  const file = urlOf(workerFile);
  return (start, { heard, ended }) => {
    const workerData: Start & InNode = { ...start, assets: new URL('.', file).href };
    const thread = new Worker(file, {
      workerData,
      // Model code reaches neither; a surprise in a dependency should not either.
      env: {},
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: youngGeneration },
    });
    thread.on('message', heard);
    thread.on('error', (error) => ended(error.message));
    thread.on('exit', () => ended(t('it ended')));
    return {
      post: (message) => thread.postMessage(message),
      hold: (wanted) => (wanted ? thread.ref() : thread.unref()),
      terminate: () => void thread.terminate(),
    };
  };
}
