import type { ModulePath } from '../../base/brand.ts';
import { displayLanguage, t } from '../../base/l10n.ts';
import type { Problem, ProblemCode } from '../../base/problem.ts';
import { span } from '../../base/span.ts';
import type { RunRequest, RunResult, Runner } from '../../protocol/worker.ts';
import type { TraceFile } from '../../trace/format.ts';
import type { Place } from '../../sandbox/host/problems.ts';
import { unpacked } from '../../trace/unpack.ts';
import { type FolderReader, textOf } from '../files/folder-reader.ts';
import { LastPlace } from '../threads/last-place.ts';
import { shared } from '../threads/shared-memory.ts';
import type { StartThread, Thread } from '../threads/thread.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import type { WorkerStart } from '../threads/messages.ts';

export interface RunnerSurroundings {
  readonly start: StartThread<WorkerStart, ToWorker, FromWorker>;
  readonly reader: FolderReader;
}

interface Job {
  readonly request: RunRequest;
  readonly resolve: (result: RunResult | null) => void;
}

/** The sandbox: one worker at work, one spare that is warm already for when the first has to be killed. */
export class WorkerRunner implements Runner {
  readonly #around: RunnerSurroundings;
  #worker: WarmWorker;
  #spare: WarmWorker | null;
  #running: Job | null = null;
  #waiting: Job | null = null;
  #disposed = false;

  /** @param spare A single run needs none. */
  constructor(around: RunnerSurroundings, spare: boolean) {
    this.#around = around;
    this.#worker = new WarmWorker(around);
    this.#spare = spare ? new WarmWorker(around) : null;
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
    this.#worker = this.#spare ?? new WarmWorker(this.#around);
    if (this.#spare) this.#spare = new WarmWorker(this.#around);
  }
}

interface Outcome {
  readonly result: RunResult | null;
  readonly usable: boolean;
}

/** One worker. `run` always comes to an end, whatever happens to the thread. */
class WarmWorker {
  readonly #around: RunnerSurroundings;
  readonly #thread: Thread<ToWorker>;
  readonly #lastPlace = new LastPlace();
  readonly #ready: Promise<string | null>;
  #isReady: (failure: string | null) => void = () => undefined;
  #settle: ((outcome: Outcome) => void) | null = null;
  #runs = 0;
  #request: RunRequest | null = null;
  #deadline: ReturnType<typeof setTimeout> | undefined;

  constructor(around: RunnerSurroundings) {
    this.#around = around;
    this.#ready = new Promise((resolve) => (this.#isReady = resolve));
    this.#thread = around.start(
      { lastPlace: shared(this.#lastPlace.buffer), translations: displayLanguage().translations },
      {
        heard: (message) => this.#received(message),
        ended: (why) => {
          this.#isReady(why);
          this.#end('internal', t('The sandbox failed: {0}', why));
        },
      },
    );
    // A runner that nobody waits for must not keep the process alive.
    this.#thread.hold(false);
  }

  async run(request: RunRequest): Promise<Outcome> {
    this.#thread.hold(true);
    const failure = await this.#ready;
    if (failure !== null) {
      const result = await this.#failed(request, 'internal', t('The sandbox could not start: {0}', failure), null);
      return { result, usable: false };
    }
    return new Promise((resolve) => {
      this.#request = request;
      this.#lastPlace.clear();
      this.#settle = (outcome) => {
        clearTimeout(this.#deadline);
        this.#settle = null;
        this.#thread.hold(false);
        resolve(outcome);
      };
      this.#begins(request);
      this.#thread.post({ type: 'run', id: ++this.#runs, request });
    });
  }

  terminate(): void {
    this.#settle?.({ result: null, usable: false });
    this.#thread.terminate();
  }

  /** From here on the worker has so much time. */
  #begins({ budget: { hardDeadline } }: RunRequest): void {
    const late = t(
      'The model did not stop within {0} ms and was ended from outside. It was last seen here.',
      hardDeadline,
    );
    this.#deadline = setTimeout(() => this.#end('timeout', late), hardDeadline);
  }

  #received(message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        return this.#isReady(null);
      case 'seen':
        return this.#lastPlace.write(message.place);
      case 'wants':
        return void this.#tell(message.paths);
      case 'result': {
        if (message.id !== this.#runs) return;
        const { result, broken } = message;
        this.#settle?.({ result: { ...result, trace: result.trace && unpacked(result.trace) }, usable: !broken });
        return;
      }
      case 'crashed':
        if (message.id === this.#runs) this.#end('internal', t('The sandbox failed: {0}', message.message));
    }
  }

  /** Files may come from far away: that time is not the model's. */
  async #tell(paths: readonly ModulePath[]): Promise<void> {
    const request = this.#request;
    if (!request) return;
    clearTimeout(this.#deadline);
    const files = await this.#around.reader.read(request.root, paths);
    if (this.#settle === null || request !== this.#request) return;
    this.#begins(request);
    this.#thread.post({ type: 'files', files });
  }

  #end(code: ProblemCode, message: string): void {
    const [request, settle] = [this.#request, this.#settle];
    if (!request || !settle) return;
    clearTimeout(this.#deadline);
    void this.#failed(request, code, message, this.#lastPlace.read()).then((result) =>
      settle({ result, usable: false }),
    );
  }

  async #failed(request: RunRequest, code: ProblemCode, message: string, place: Place | null): Promise<RunResult> {
    const problem: Problem = { code, severity: 'error', message, file: request.entry, span: span(0, 0), ...place };
    const text = await textOf(this.#around.reader, request, problem.file);
    const files: TraceFile[] = text === null ? [] : [{ path: problem.file, text }];
    return { trace: null, problems: [problem], files, timings: [] };
  }
}
