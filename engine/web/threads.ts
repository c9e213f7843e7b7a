import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';
import type { Assets } from '../workers/threads/inside.ts';
import type { CheckWorkerStart, FromChecker, ToChecker } from '../workers/checks/messages.ts';
import { type LayOut, layOutWith } from '../workers/tasks/lay-out.ts';
import type { StartThread } from '../workers/threads/thread.ts';
import type { FromTrainer, ToTrainer, TrainerStart } from '../workers/training/messages.ts';
import type { FromWorker, ToWorker } from '../workers/runs/messages.ts';
import type { WorkerStart } from '../workers/threads/messages.ts';
import type { StartMessage } from './start-message.ts';

/** Reads a file of dist/. */
export type ReadBuilt = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * Workers of a browser, made of the built files' texts: a page may not load a worker from where an extension lies, but from what
 * it has read it may make one. Files are read when they are first needed, and once.
 */
export class WebThreads {
  readonly #read: ReadBuilt;
  #script: Promise<string> | null = null;
  #assets: Promise<Assets> | null = null;

  constructor(read: ReadBuilt) {
    this.#read = read;
  }

  readonly run: StartThread<WorkerStart, ToWorker, FromWorker> = (start, listener) =>
    this.#thread(async () => ({ work: 'run', start, assets: await this.#loaded() }), listener);

  readonly train: StartThread<TrainerStart, ToTrainer, FromTrainer> = (start, listener) =>
    this.#thread(async () => ({ work: 'train', start, assets: await this.#loaded() }), listener);

  readonly check: StartThread<CheckWorkerStart, ToChecker, FromChecker> = (start, listener) =>
    this.#thread(async () => ({ work: 'check', start }), listener);

  readonly layOut: LayOut = layOutWith((graph) => {
    let worker: Worker | null = null;
    let url = '';
    const laidOut = (async (): Promise<ElkNode | null> => {
      try {
        url = urlOf([await this.#read('webview/elk-worker.js')]);
        const made = new Worker(url);
        worker = made;
        return await new ELK({ workerFactory: () => made }).layout(graph);
      } catch {
        return null;
      }
    })();
    const end = (): void => {
      worker?.terminate();
      // Not before: hosts may load it by and by.
      URL.revokeObjectURL(url);
    };
    return { laidOut, end };
  });

  /** Begins at once, as a worker thread does: what is posted before there is a Worker is kept for it. */
  #thread<To, From>(
    begin: () => Promise<StartMessage>,
    { heard, ended }: Parameters<StartThread<unknown, To, From>>[1],
  ): ReturnType<StartThread<unknown, To, From>> {
    let worker: Worker | null = null;
    let isOver = false;
    const early: To[] = [];
    const started = async (): Promise<void> => {
      // The compiler is a script that comes before the Worker's own, and is the one that Node's workers have.
      this.#script ??= Promise.all([this.#read('typescript.cjs'), this.#read('web-worker.js')]).then(urlOf);
      const [script, message] = await Promise.all([this.#script, begin()]);
      if (isOver) return;
      worker = new Worker(script);
      worker.addEventListener('message', ({ data }) => heard(data as From));
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        ended(event.message);
      });
      worker.postMessage(message);
      for (const one of early.splice(0)) worker.postMessage(one);
    };
    started().catch((error: unknown) => ended(error instanceof Error ? error.message : String(error)));
    return {
      post: (message) => {
        if (worker) worker.postMessage(message);
        else early.push(message);
      },
      // A Worker keeps nothing alive.
      hold: () => undefined,
      terminate: () => {
        isOver = true;
        worker?.terminate();
      },
    };
  }

  #loaded(): Promise<Assets> {
    return (this.#assets ??= Promise.all([
      this.#read('quickjs.wasm').then((bytes) => WebAssembly.compile(bytes)),
      this.#read('guest.bin'),
    ]).then(([wasm, bytecode]) => ({ wasm, bytecode })));
  }
}

const urlOf = (scripts: readonly Uint8Array<ArrayBuffer>[]): string =>
  URL.createObjectURL(new Blob([...scripts], { type: 'text/javascript' }));
