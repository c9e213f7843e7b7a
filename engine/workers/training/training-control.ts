import type { Disposable } from '../../base/disposable.ts';
import type { Trace } from '../../trace/format.ts';
import type {
  StartTrainer,
  TrainedParameter,
  Trainer,
  TrainingMove,
  TrainingReport,
  TrainingState,
} from '../../protocol/training.ts';
import type { RunRequest, RunResult } from '../../protocol/worker.ts';
import { ShownStep } from './shown-step.ts';

export interface TrainingSurroundings {
  readonly start: StartTrainer;
  /** The program as it is now; null while nothing may run. */
  readonly program: () => RunRequest | null;
  /** The model that is shown, or null. */
  readonly model: () => string | null;
  /** What the live run read that is of the text as it is; null while one is to come. */
  readonly files: () => RunResult['files'] | null;
  /** Shows the trace of a step in place of the live run's, or that again. */
  readonly present: (step: Trace | null) => void;
  /** Runs the live file again: the weights that it goes on from are others, or there is more to say of it. */
  readonly rerun: () => void;
  readonly changed: () => void;
}

interface Weights {
  readonly step: number;
  readonly parameters: readonly TrainedParameter[];
}

/** One training, beside the live run of one file. */
interface Training {
  readonly request: RunRequest;
  readonly trainer: Trainer;
  readonly shown: ShownStep;
  /** What the program read when it began; null until the live run has told. */
  files: RunResult['files'] | null;
  edited: boolean;
  weights: Weights | null;
  notKept: readonly string[];
}

type Place = Pick<RunRequest, 'root' | 'entry'>;

/**
 * The training that the user began: what it was told to do, which of its steps is shown, and which weights the live run goes
 * on from. There is one at a time. An edit pauses it: what was recorded can still be looked at, but going on would be to
 * train a text that nobody sees any more.
 */
export class TrainingControl implements Disposable {
  readonly #around: TrainingSurroundings;
  #training: Training | null = null;
  #keepWeights = true;
  /** Steps a second; the user's choice holds for the trainings to come too. */
  #speed: number | null = null;

  constructor(around: TrainingSurroundings) {
    this.#around = around;
  }

  /** Whatever file it is of. */
  get state(): TrainingState | null {
    if (this.#training === null) return null;
    const { trainer, shown, edited } = this.#training;
    const weightsOf = this.#kept?.step ?? null;
    const notKept = weightsOf === null ? [] : this.#training.notKept;
    return { ...trainer.report, shown: shown.step, keepWeights: this.#keepWeights, weightsOf, notKept, edited };
  }

  /** The file that is trained. */
  get place(): Place | null {
    return this.#training?.request ?? null;
  }

  stateOf(place: Place | null): TrainingState | null {
    return this.#isOf(place) ? this.state : null;
  }

  /** What the live run of a file is to go on from; null: from what its program makes. */
  weightsFor(place: Place): readonly TrainedParameter[] | null {
    return this.#isOf(place) ? (this.#kept?.parameters ?? null) : null;
  }

  /** The program that makes the step which is shown; null where it is the live run. */
  get shownProgram(): RunRequest | null {
    const training = this.#training;
    const step = training?.shown.step ?? null;
    if (training === null || step === null) return null;
    return { ...training.request, training: { model: training.trainer.report.model, step } };
  }

  /** The loss before each step of a model's training, of the text as it is; null without one. */
  lossesOf(place: Place, model: string): readonly number[] | null {
    if (!this.#isOf(place) || this.#training?.edited !== false) return null;
    const { report } = this.#training.trainer;
    if (report.model !== model || report.step === 0) return null;
    // The lowest of each stretch is kept: what was left out, and what is not finite, is never the lowest.
    const losses = Array.from({ length: report.step }, () => Infinity);
    report.loss.steps.forEach((step, i) => (losses[step - 1] = report.loss.values[i] ?? Infinity));
    return losses;
  }

  move(move: TrainingMove): void {
    if (move.kind === 'start') return this.#start(move.model);
    const training = this.#training;
    if (training === null) return;
    const { trainer, edited } = training;
    switch (move.kind) {
      case 'run':
        return edited ? undefined : trainer.run();
      case 'pause':
        return trainer.pause();
      case 'step':
        return edited ? undefined : trainer.step();
      case 'speed':
        this.#speed = move.stepsPerSecond;
        return trainer.limit(move.stepsPerSecond);
      case 'reset':
        this.show(null);
        if (!edited) trainer.reset();
        return this.#setWeights(training, null);
      case 'stop':
        return this.stop();
      case 'show':
        return this.show(move.step);
      case 'keepWeights':
        this.#keepWeights = move.on;
        if (training.weights !== null) this.#around.rerun();
        return this.#around.changed();
    }
  }

  /** The live file was run: its text may be another one now. */
  ran(place: Place, { files, weightsKept = [] }: RunResult): void {
    const training = this.#training;
    if (training === null || !this.#isOf(place)) return;
    training.files ??= files;
    const edited = !sameTexts(training.files, files);
    if (edited && !training.edited) {
      training.trainer.pause();
      this.show(null);
    }
    training.edited = edited;
    training.notKept = weightsKept.filter(({ kept }) => !kept).map(({ name, why }) => (why ? `${name}: ${why}` : name));
    this.#around.changed();
  }

  show(step: number | null): void {
    this.#training?.shown.show(step);
  }

  /** Ends the training, and lets go of what it recorded. */
  stop(): void {
    if (this.#training === null) return;
    this.show(null);
    const { weights } = this.#training;
    this.#training.trainer.dispose();
    this.#training = null;
    if (weights !== null) this.#around.rerun();
    this.#around.changed();
  }

  dispose(): void {
    this.#training?.trainer.dispose();
    this.#training = null;
  }

  get #kept(): Weights | null {
    return this.#keepWeights ? (this.#training?.weights ?? null) : null;
  }

  #isOf(place: Place | null): boolean {
    const request = this.#training?.request;
    return request !== undefined && request.root === place?.root && request.entry === place.entry;
  }

  #start(model: string | null): void {
    const program = this.#around.program();
    if (program === null) return;
    // A text that was edited is trained on; one that was not is trained anew.
    const goesOn = this.#isOf(program) && this.#training?.edited === true;
    const { weights, ...fresh } = program;
    const request = goesOn && weights ? { ...fresh, weights } : fresh;
    this.stop();
    const asked = { ...request, model: model ?? this.#around.model() };
    const trainer = this.#around.start(asked, (report) => this.#hear(trainer, report));
    const shown = new ShownStep({
      traceOf: async (step) => {
        // A worker that died says so in its report.
        const result = await trainer.trace(step).catch(() => null);
        return this.#training?.trainer === trainer ? (result?.trace ?? null) : null;
      },
      present: (trace) => {
        this.#around.present(trace);
        this.#around.changed();
      },
    });
    const files = this.#around.files();
    this.#training = { request, trainer, shown, files, edited: false, weights: null, notKept: [] };
    if (this.#speed !== null) trainer.limit(this.#speed);
    trainer.run();
    this.#around.changed();
  }

  #hear(trainer: Trainer, { phase, step }: TrainingReport): void {
    const training = this.#training;
    if (training?.trainer !== trainer) return;
    this.#around.changed();
    const standsStill = phase === 'paused' || phase === 'finished';
    if (standsStill && step > 0 && step !== training.weights?.step) void this.#takeWeights(training, step);
  }

  /** Where a training stands still, the live run goes on from there. */
  async #takeWeights(training: Training, step: number): Promise<void> {
    // A worker that died says so in its report.
    const parameters = await training.trainer.weights().catch(() => null);
    if (parameters !== null && this.#training === training && training.trainer.report.step === step)
      this.#setWeights(training, { step, parameters });
  }

  #setWeights(training: Training, weights: Weights | null): void {
    const changes = weights?.step !== training.weights?.step;
    training.weights = weights;
    if (changes) this.#around.rerun();
    this.#around.changed();
  }
}

function sameTexts(before: RunResult['files'], after: RunResult['files']): boolean {
  const texts = new Map(before.map(({ path, text }) => [path, text]));
  return after.length === before.length && after.every(({ path, text }) => texts.get(path) === text);
}
