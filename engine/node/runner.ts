import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ModulePath } from '../base/brand.ts';
import { displayLanguage, t } from '../base/l10n.ts';
import type { Problem, ProblemCode } from '../base/problem.ts';
import { span } from '../base/span.ts';
import type { RunRequest, RunResult, Runner } from '../protocol/worker.ts';
import type { TraceFile } from '../trace/format.ts';
import type { Place } from '../sandbox/host/problems.ts';
import { unpacked } from '../trace/unpack.ts';
import { LastPlace } from './last-place.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts';
import { WorkspaceFiles } from './workspace-files.ts';

export interface RunnerOptions {
  /** The built worker, an absolute path or a file URL; its assets lie beside it. Default: `worker.js` beside this bundle. */
  readonly workerFile?: string | URL;
  /** Whether a second worker is kept warm for when the first has to be killed. A single run needs none. Default true. */
  readonly spare?: boolean;
}

interface Job {
  readonly request: RunRequest;
  readonly resolve: (result: RunResult | null) => void;
}

/** Starts the sandbox: one worker at work, one spare that is warm already for when the first has to be killed. */
export function startRunner({ workerFile = besideThis(), spare = true }: RunnerOptions = {}): Runner {
  return new WorkerRunner(typeof workerFile === 'string' ? pathToFileURL(workerFile) : workerFile, spare);
}

/** Run from source, as tests do, the built worker is in dist. */
const besideThis = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/worker.js' : './worker.js', import.meta.url);

class WorkerRunner implements Runner {
  readonly #file: URL;
  #worker: WarmWorker;
  #spare: WarmWorker | null;
  #running: Job | null = null;
  #waiting: Job | null = null;
  #disposed = false;

  constructor(file: URL, spare: boolean) {
    this.#file = file;
    this.#worker = new WarmWorker(file);
    this.#spare = spare ? new WarmWorker(file) : null;
  }

  run(request: RunRequest): Promise<RunResult | null> {
    return new Promise((resolve) => {
      if (this.#disposed) return resolve(null);
      this.#waiting?.resolve(null);
      this.#waiting = { request, resolve };
      void this.#work();
    });
  }

  stop(): void {
    this.#waiting?.resolve(null);
    this.#waiting = null;
    if (!this.#running) return;
    this.#running.resolve(null);
    this.#replaceWorker();
  }

  dispose(): void {
    this.#disposed = true;
    this.stop();
    this.#worker.terminate();
    this.#spare?.terminate();
  }

  async #work(): Promise<void> {
    if (this.#running || !this.#waiting) return;
    const job = this.#waiting;
    this.#waiting = null;
    this.#running = job;
    const worker = this.#worker;
    const { result, usable } = await worker.run(job.request);
    this.#running = null;
    // A stopped job has been answered, and its worker replaced, already.
    if (!usable && worker === this.#worker) this.#replaceWorker();
    job.resolve(result);
    void this.#work();
  }

  #replaceWorker(): void {
    this.#worker.terminate();
    if (this.#disposed) return;
    this.#worker = this.#spare ?? new WarmWorker(this.#file);
    if (this.#spare) this.#spare = new WarmWorker(this.#file);
  }
}

interface Outcome {
  readonly result: RunResult | null;
  readonly usable: boolean;
}

/** One worker thread. `run` always comes to an end, whatever happens to the thread. */
class WarmWorker {
  readonly #thread: Worker;
  readonly #lastPlace = new LastPlace();
  readonly #ready: Promise<string | null>;
  #settle: ((outcome: Outcome) => void) | null = null;
  #runs = 0;

  constructor(file: URL) {
    this.#thread = new Worker(file, {
      workerData: {
        assets: new URL('.', file).href,
        lastPlace: this.#lastPlace.buffer,
        translations: displayLanguage().translations,
      } satisfies WorkerStart,
      // Model code reaches none of these; a surprise in a dependency should not either.
      env: {},
      execArgv: [],
    });
    // A runner that nobody waits for must not keep the process alive.
    this.#thread.unref();
    this.#ready = new Promise((resolve) => {
      this.#thread.on('message', (message: FromWorker) => {
        if (message.type === 'ready') resolve(null);
        else this.#received(message);
      });
      this.#thread.on('error', (error) => {
        resolve(error.message);
        this.#end('internal', t('The sandbox failed: {0}', error.message));
      });
      this.#thread.on('exit', () => {
        resolve(t('it ended'));
        this.#settle?.({ result: null, usable: false });
      });
    });
  }

  async run(request: RunRequest): Promise<Outcome> {
    this.#thread.ref();
    const failure = await this.#ready;
    if (failure !== null)
      return { result: failed(request, 'internal', t('The sandbox could not start: {0}', failure)), usable: false };
    return new Promise((resolve) => {
      const { hardDeadline } = request.budget;
      const timer = setTimeout(() => {
        this.#end(
          'timeout',
          t('The model did not stop within {0} ms and was ended from outside. It was last seen here.', hardDeadline),
        );
      }, hardDeadline);
      this.#request = request;
      this.#lastPlace.clear();
      this.#settle = (outcome) => {
        clearTimeout(timer);
        this.#settle = null;
        this.#thread.unref();
        resolve(outcome);
      };
      const message: ToWorker = { id: ++this.#runs, request };
      this.#thread.postMessage(message);
    });
  }

  terminate(): void {
    this.#settle?.({ result: null, usable: false });
    void this.#thread.terminate();
  }

  #request: RunRequest | null = null;

  #received(message: Exclude<FromWorker, { type: 'ready' }>): void {
    if (message.id !== this.#runs) return;
    if (message.type === 'result') {
      const { trace } = message.result;
      this.#settle?.({ result: { ...message.result, trace: trace && unpacked(trace) }, usable: !message.broken });
    } else this.#end('internal', t('The sandbox failed: {0}', message.message));
  }

  #end(code: ProblemCode, message: string): void {
    if (this.#request)
      this.#settle?.({ result: failed(this.#request, code, message, this.#lastPlace.read()), usable: false });
  }
}

function failed(
  { root, entry, overlays }: RunRequest,
  code: ProblemCode,
  message: string,
  place: Place | null = null,
): RunResult {
  const textOf = (path: ModulePath): TraceFile[] => {
    const text = new WorkspaceFiles(root, overlays).read(path);
    return typeof text === 'string' ? [{ path, text }] : [];
  };
  const problem: Problem = { code, severity: 'error', message, file: entry, span: span(0, 0), ...place };
  return { trace: null, problems: [problem], files: textOf(problem.file), timings: [] };
}
