import type { ModulePath } from '../../base/brand.ts';
import { displayLanguage, t } from '../../base/l10n.ts';
import { LineTable } from '../../base/span.ts';
import type { ProblemView } from '../../protocol/panel.ts';
import type { StartTrainer, TrainedParameter, Trainer, TrainingReport } from '../../protocol/training.ts';
import type { RunRequest, RunResult } from '../../protocol/worker.ts';
import { unpacked } from '../../trace/unpack.ts';
import { type FolderReader, textOf } from '../files/folder-reader.ts';
import { LastPlace } from '../threads/last-place.ts';
import { Pulse } from '../threads/pulse.ts';
import { shared } from '../threads/shared-memory.ts';
import type { StartThread, Thread } from '../threads/thread.ts';
import type { FromTrainer, ToTrainer, TrainerStart } from './messages.ts';

export interface TrainerSurroundings {
  readonly start: StartThread<TrainerStart, ToTrainer, FromTrainer>;
  readonly reader: FolderReader;
}

type Request = Parameters<StartTrainer>[0];

/** So many looks at a thread make the hard deadline. */
const looks = 4;

/** A training in a worker of its own. It begins paused, and is never restarted: a dead one is replaced by a new start. */
export class WorkerTrainer implements Trainer {
  readonly #thread: Thread<ToTrainer>;
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
    readonly around: TrainerSurroundings,
  ) {
    this.#report = beforeTheFirst(request);
    this.#thread = around.start(
      {
        lastPlace: shared(this.#lastPlace.buffer),
        pulse: shared(this.#pulse.buffer),
        translations: displayLanguage().translations,
        request,
      },
      {
        heard: (message) => this.#received(message),
        ended: (why) => this.#died('internal', t('The sandbox failed: {0}', why)),
      },
    );
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
    if (!this.#over) this.#thread.post(message);
  }

  #received(message: FromTrainer): void {
    if (this.#over) return;
    switch (message.type) {
      case 'seen':
        return this.#lastPlace.write(message.place);
      case 'beat':
        return this.#pulse.beat();
      case 'wants':
        return void this.#tellFiles(message.paths);
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

  async #tellFiles(paths: readonly ModulePath[]): Promise<void> {
    this.#send({ type: 'files', files: await this.around.reader.read(this.request.root, paths) });
  }

  /**
   * Some native loops ignore interrupts: a thread that gets on with nothing for too long is ended from outside. Looks are
   * counted, not time: beats that are told wait where this thread was held up itself, and so does the next look.
   */
  #watchPulse(): ReturnType<typeof setInterval> {
    const { hardDeadline } = this.request.budget;
    let beatsBefore = -1;
    let inVain = 0;
    const watch = setInterval(() => {
      const { beats, atWork } = this.#pulse;
      inVain = atWork && beats === beatsBefore ? inVain + 1 : 0;
      beatsBefore = beats;
      if (inVain < looks) return;
      const message = t(
        'The model did not stop within {0} ms and was ended from outside. It was last seen here.',
        hardDeadline,
      );
      this.#died('timeout', message);
    }, hardDeadline / looks);
    // A training that nobody waits for must not keep the process alive.
    (watch as { unref?: () => void }).unref?.();
    return watch;
  }

  #died(code: ProblemView['code'], message: string): void {
    if (this.#over) return;
    const place = this.#lastPlace.read();
    this.#end();
    const file = place?.file ?? this.request.entry;
    void textOf(this.around.reader, this.request, file).then((text) => {
      const position =
        place && text !== null ? new LineTable(text).positionAt(place.span.start) : { line: 1, column: 1 };
      const problem = { code, message, file, ...position };
      this.#tell({ ...this.#report, phase: 'failed', stepsPerSecond: null, problem });
    });
  }

  #end(): void {
    this.#over = true;
    clearInterval(this.#watch);
    this.#thread.terminate();
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
