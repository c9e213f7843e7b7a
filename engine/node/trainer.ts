import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { displayLanguage, t } from '../base/l10n.ts';
import { LineTable } from '../base/span.ts';
import type { ProblemView } from '../protocol/panel.ts';
import type { StartTrainer, TrainedParameter, Trainer, TrainingReport } from '../protocol/training.ts';
import type { RunRequest, RunResult } from '../protocol/worker.ts';
import { unpacked } from '../trace/unpack.ts';
import { LastPlace } from './last-place.ts';
import { Pulse } from './pulse.ts';
import type { FromTrainer, ToTrainer, TrainerStart } from './trainer-messages.ts';
import { WorkspaceFiles } from './workspace-files.ts';

export interface TrainerOptions {
  /** The built worker, an absolute path or a file URL; its assets lie beside it. Default: `train-worker.js` beside this bundle. */
  readonly workerFile?: string | URL;
}

type Request = Parameters<StartTrainer>[0];

/** Run from source, as tests do, the built worker is in dist. */
const besideThis = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/train-worker.js' : './train-worker.js', import.meta.url);

/** Starts a training in a worker of its own. It begins paused, and is never restarted: a dead one is replaced by a new start. */
export const startTrainer = (
  request: Request,
  changed: (report: TrainingReport) => void,
  { workerFile = besideThis() }: TrainerOptions = {},
): Trainer =>
  new WorkerTrainer(request, changed, typeof workerFile === 'string' ? pathToFileURL(workerFile) : workerFile);

class WorkerTrainer implements Trainer {
  readonly #thread: Worker;
  readonly #lastPlace = new LastPlace();
  readonly #pulse = new Pulse();
  readonly #watch: ReturnType<typeof setInterval>;
  #report: TrainingReport;
  #asked = 0;
  #trace: { readonly id: number; readonly settle: (result: RunResult | null) => void } | null = null;
  readonly #weights = new Map<number, (weights: readonly TrainedParameter[]) => void>();
  #over = false;

  constructor(
    readonly request: Request,
    readonly changed: (report: TrainingReport) => void,
    file: URL,
  ) {
    this.#report = beforeTheFirst(request);
    this.#thread = new Worker(file, {
      workerData: {
        assets: new URL('.', file).href,
        lastPlace: this.#lastPlace.buffer,
        pulse: this.#pulse.buffer,
        translations: displayLanguage().translations,
        request,
      } satisfies TrainerStart,
      // Model code reaches none of these; a surprise in a dependency should not either.
      env: {},
      execArgv: [],
    });
    this.#thread.on('message', (message: FromTrainer) => this.#received(message));
    this.#thread.on('error', (error) => this.#died('internal', t('The sandbox failed: {0}', error.message)));
    this.#thread.on('exit', () => this.#died('internal', t('The sandbox failed: {0}', t('it ended'))));
    this.#watch = this.#watchPulse();
  }

  get report(): TrainingReport {
    return this.#report;
  }

  run(): void {
    this.#send({ type: 'run' });
  }

  pause(): void {
    this.#send({ type: 'pause' });
  }

  step(): void {
    this.#send({ type: 'step' });
  }

  limit(stepsPerSecond: number | null): void {
    this.#send({ type: 'limit', stepsPerSecond });
  }

  reset(): void {
    this.#send({ type: 'reset' });
  }

  trace(step: number): Promise<RunResult | null> {
    this.#trace?.settle(null);
    this.#trace = null;
    if (this.#over) return Promise.resolve(null);
    return new Promise((settle) => {
      const id = ++this.#asked;
      this.#trace = { id, settle };
      this.#send({ type: 'trace', id, step });
    });
  }

  weights(): Promise<readonly TrainedParameter[]> {
    if (this.#over) return Promise.resolve([]);
    return new Promise((settle) => {
      const id = ++this.#asked;
      this.#weights.set(id, settle);
      this.#send({ type: 'weights', id });
    });
  }

  dispose(): void {
    if (!this.#over) this.#end();
  }

  #send(message: ToTrainer): void {
    if (!this.#over) this.#thread.postMessage(message);
  }

  #received(message: FromTrainer): void {
    if (this.#over) return;
    switch (message.type) {
      case 'report':
        return this.#tell(message.report);
      case 'weights':
        this.#weights.get(message.id)?.(message.weights);
        this.#weights.delete(message.id);
        return;
      case 'trace': {
        if (this.#trace?.id !== message.id) return;
        const { result } = message;
        this.#trace.settle(result && { ...result, trace: result.trace && unpacked(result.trace) });
        this.#trace = null;
      }
    }
  }

  #tell(report: TrainingReport): void {
    this.#report = report;
    this.changed(report);
  }

  /** Some native loops ignore interrupts: a thread that gets on with nothing for too long is ended from outside. */
  #watchPulse(): ReturnType<typeof setInterval> {
    const { hardDeadline } = this.request.budget;
    let before = { beats: -1, at: 0 };
    const watch = setInterval(() => {
      const { beats, atWork } = this.#pulse;
      if (!atWork || beats !== before.beats) before = { beats, at: performance.now() };
      else if (performance.now() - before.at >= hardDeadline)
        this.#died(
          'timeout',
          t('The model did not stop within {0} ms and was ended from outside. It was last seen here.', hardDeadline),
        );
    }, hardDeadline / 4);
    // A training that nobody waits for must not keep the process alive.
    watch.unref();
    return watch;
  }

  #died(code: ProblemView['code'], message: string): void {
    if (this.#over) return;
    this.#end();
    const { root, entry, overlays } = this.request;
    const place = this.#lastPlace.read();
    const file = place?.file ?? entry;
    const text = new WorkspaceFiles(root, overlays).read(file);
    const position =
      place && typeof text === 'string' ? new LineTable(text).positionAt(place.span.start) : { line: 1, column: 1 };
    this.#tell({
      ...this.#report,
      phase: 'failed',
      stepsPerSecond: null,
      problem: { code, message, file, ...position },
    });
  }

  #end(): void {
    this.#over = true;
    clearInterval(this.#watch);
    void this.#thread.terminate();
    this.#trace?.settle(null);
    for (const settle of this.#weights.values()) settle([]);
  }
}

const beforeTheFirst = ({ entry, model }: RunRequest & { readonly model: string | null }): TrainingReport => ({
  file: entry,
  model: model ?? '',
  phase: 'starting',
  step: 0,
  steps: 0,
  stepsPerSecond: null,
  speed: null,
  problem: null,
  loss: { steps: [], values: [] },
  parameters: [],
  ridgelines: [],
});
