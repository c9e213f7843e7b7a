import { LineTable } from '../../base/span.ts';
import type { ProblemView } from '../../protocol/panel.ts';
import type { TrainedParameter, TrainingReport } from '../../protocol/training.ts';
import type { Engine } from '../../sandbox/host/engine.ts';
import type { PackedResult } from '../../sandbox/host/run.ts';
import { type ToTrain, TrainingRun } from '../../sandbox/host/training.ts';
import { TrainingFailed } from '../../sandbox/host/training-failed.ts';
import type { Pulse } from '../threads/pulse.ts';
import { nextTurn, soon } from '../threads/turns.ts';

/** Milliseconds of training in one go; then whoever has something to say is heard. */
const burst = 16;
/** Milliseconds between two reports. */
const often = 100;

type Phase = TrainingReport['phase'];

const noSeries = { steps: [], values: [] };

/** Trains in bursts, and does in between what it is told to. */
export class TrainingLoop {
  #run: TrainingRun | null = null;
  #phase: Phase = 'starting';
  #problem: ProblemView | null = null;
  #limit: number | null = null;
  /** A newer reset has taken the place of those with lower numbers. */
  #resets = 0;
  /** The same for traces. */
  #traces = 0;
  #reported = -Infinity;
  /** The burst that is to come. */
  #due: { readonly timer?: ReturnType<typeof setTimeout> } | null = null;
  readonly #rate = new Rate();

  constructor(
    readonly what: ToTrain,
    readonly engine: Engine,
    readonly pulse: Pick<Pulse, 'beat'>,
    readonly changed: (report: TrainingReport) => void,
  ) {}

  run(): void {
    if (this.#phase !== 'paused' && this.#phase !== 'finished') return;
    this.#becomes('running');
    this.#rate.begin(this.engine.now(), this.#run?.step ?? 0);
    this.#continue();
  }

  pause(): void {
    if (this.#phase === 'running') this.#becomes('paused');
  }

  step(): void {
    if (this.#phase === 'starting' || this.#phase === 'failed') return;
    this.#steps(() => false);
    if (this.#phaseNow() !== 'failed') this.#becomes('paused');
  }

  limit(stepsPerSecond: number | null): void {
    this.#limit = stepsPerSecond;
    if (this.#phase === 'running') {
      this.#rate.begin(this.engine.now(), this.#run?.step ?? 0);
      this.#continue();
    }
    this.#tell();
  }

  /** Runs the program anew, up to its first step. */
  async reset(): Promise<void> {
    const number = ++this.#resets;
    this.#run?.dispose();
    this.#run = null;
    this.#problem = null;
    this.#becomes('starting');
    try {
      const run = await this.#atWork(() => TrainingRun.open(this.what, this.engine));
      if (number !== this.#resets) return run.dispose();
      this.#run = run;
      this.#becomes('paused');
    } catch (error) {
      if (number === this.#resets) this.#failed(error);
    }
  }

  weights(): readonly TrainedParameter[] {
    return this.#run?.parameters.weights ?? [];
  }

  /** The trace of a step that was made, from 1. Null when there is no such step, or another was asked for since. */
  async trace(step: number): Promise<PackedResult | null> {
    const number = ++this.#traces;
    const run = this.#run;
    if (!run || !Number.isInteger(step) || step < 1 || step > run.step) return null;
    const isWanted = (): boolean => number === this.#traces && run === this.#run;
    const other = await this.#atWork(() => run.before(step));
    try {
      while (other.step < step - 1) {
        if (!isWanted()) return null;
        const ends = this.engine.now() + burst;
        this.pulse.beat();
        do other.again();
        while (other.step < step - 1 && this.engine.now() < ends);
        this.pulse.beat();
        await nextTurn();
      }
      return isWanted() ? other.recorded() : null;
    } finally {
      other.dispose();
    }
  }

  get #report(): TrainingReport {
    const run = this.#run;
    return {
      file: this.what.entry,
      model: run?.model.name ?? this.what.model ?? '',
      phase: this.#phase,
      step: run?.step ?? 0,
      steps: run?.model.steps ?? 0,
      stepsPerSecond: this.#phase === 'running' ? this.#rate.of(this.engine.now(), run?.step ?? 0) : null,
      speed: this.#limit,
      problem: this.#problem,
      loss: run?.record.loss ?? noSeries,
      parameters: run?.record.parameters(run.parameters.learned) ?? [],
      ridgelines: run?.record.ridges.ridgelines ?? [],
    };
  }

  /** One burst, now or when the next step is due. */
  #continue(): void {
    this.#cancel();
    if (this.#phase !== 'running') return;
    const wait = this.#limit === null ? 0 : this.#rate.wait(this.engine.now(), this.#limit, this.#run!.step);
    if (wait > 1) {
      this.#due = { timer: setTimeout(() => this.#burst(), wait) };
      return;
    }
    const due = {};
    this.#due = due;
    soon(() => {
      if (this.#due === due) this.#burst();
    });
  }

  #burst(): void {
    const { engine } = this;
    const run = this.#run;
    if (!run || this.#phase !== 'running') return;
    const ends = engine.now() + burst;
    this.#steps(() => {
      if (engine.now() >= ends || run.step === run.model.steps) return false;
      return this.#limit === null || this.#rate.wait(engine.now(), this.#limit, run.step) <= 0;
    });
    if (this.#phaseNow() === 'failed') return;
    // Asked to run on from there, it does.
    if (run.step === run.model.steps) return this.#becomes('finished');
    if (engine.now() - this.#reported >= often) this.#tell();
    this.#continue();
  }

  /** One step at least. */
  #steps(more: () => boolean): void {
    const run = this.#run;
    if (!run) return;
    this.pulse.beat();
    try {
      do run.next();
      while (more());
    } catch (error) {
      this.#failed(error);
    } finally {
      this.pulse.beat();
    }
  }

  async #atWork<Result>(body: () => Promise<Result>): Promise<Result> {
    this.pulse.beat();
    try {
      return await body();
    } finally {
      this.pulse.beat();
    }
  }

  #failed(error: unknown): void {
    if (!(error instanceof TrainingFailed)) throw error;
    const { code, message, file, span } = error.problem;
    this.#problem = { code, message, file, ...new LineTable(error.text).positionAt(span.start) };
    this.#becomes('failed');
  }

  #phaseNow(): Phase {
    return this.#phase;
  }

  #becomes(phase: Phase): void {
    this.#phase = phase;
    this.#cancel();
    this.#tell();
  }

  #cancel(): void {
    clearTimeout(this.#due?.timer);
    this.#due = null;
  }

  #tell(): void {
    this.#reported = this.engine.now();
    this.changed(this.#report);
  }
}

/** Steps a second, over the last second or so, and when the next one may come. */
class Rate {
  #since = 0;
  #from = 0;
  #before: number | null = null;

  begin(now: number, step: number): void {
    this.#since = now;
    this.#from = step;
    this.#before = null;
  }

  of(now: number, step: number): number | null {
    const passed = now - this.#since;
    if (passed < 1000) return this.#before ?? (passed < 50 ? null : ((step - this.#from) * 1000) / passed);
    this.#before = ((step - this.#from) * 1000) / passed;
    this.#since = now;
    this.#from = step;
    return this.#before;
  }

  /** Milliseconds until the next step is due. */
  wait(now: number, limit: number, step: number): number {
    return this.#since + ((step - this.#from + 1) * 1000) / limit - now;
  }
}
