import type { Runner } from '../../../engine/protocol/worker.ts';
import type {
  Ridgeline,
  Series,
  StartTrainer,
  TrainedParameter,
  Trainer,
  TrainingReport,
} from '../../../engine/protocol/training.ts';
import type { Trace } from '../../../engine/trace/format.ts';
import { emptyTrace } from '../trace/empty-trace.ts';

type Request = Parameters<StartTrainer>[0];

const series = (steps: readonly number[], at: (step: number) => number | null): Series => ({
  steps,
  values: steps.map(at),
});

/** The recorded numbers of a training that never was: known curves, so that what is made of them can be looked at. */
export class TestTrainer implements Trainer {
  report: TrainingReport;
  disposed = false;
  readonly asked: number[] = [];
  readonly #request: Request;
  readonly #changed: (report: TrainingReport) => void;
  readonly #runner: Runner | null;

  /** @param runner what makes the traces of steps; without one they are made by `answer`. */
  constructor(request: Request, changed: (report: TrainingReport) => void, runner: Runner | null = null) {
    this.#request = request;
    this.#changed = changed;
    this.#runner = runner;
    this.report = {
      file: request.entry,
      model: request.model ?? 'm',
      phase: 'paused',
      step: 0,
      steps: 2000,
      stepsPerSecond: null,
      speed: null,
      problem: null,
      ...this.#recorded(0),
    };
  }

  run(): void {
    this.set({ phase: 'running' });
  }
  pause(): void {
    this.set({ phase: 'paused' });
  }
  step(): void {
    this.make(this.report.step + 1, 'paused');
  }
  limit(speed: number | null): void {
    this.set({ speed });
  }
  reset(): void {
    this.make(0, 'paused');
  }
  dispose(): void {
    this.disposed = true;
  }

  /** As if so many steps had been made. */
  make(step: number, phase: TrainingReport['phase'] = 'running'): void {
    this.set({ step, phase, stepsPerSecond: phase === 'running' ? 850 : null, ...this.#recorded(step) });
  }

  set(part: Partial<TrainingReport>): void {
    this.report = { ...this.report, ...part };
    this.#changed(this.report);
  }

  #answer: ((step: number | null) => void) | null = null;

  async trace(step: number): ReturnType<Trainer['trace']> {
    this.asked.push(step);
    if (this.#runner) {
      const { model, ...request } = this.#request;
      return this.#runner.run({ ...request, training: { model, step } });
    }
    return new Promise((resolve) => {
      this.#answer = (made) => resolve(made === null ? null : { ...nothing, trace: traceOfStep(made) });
    });
  }

  /** Gives the trace that was asked for last, or says that it is gone. */
  async answer(isThere = true): Promise<void> {
    this.#answer?.(isThere ? this.asked.at(-1)! : null);
    await new Promise((resolve) => setImmediate(resolve));
  }

  async weights(): Promise<readonly TrainedParameter[]> {
    return [{ name: 'w', ordinal: 0, shape: [], values: [this.report.step] }];
  }

  #recorded(step: number): Pick<TrainingReport, 'loss' | 'parameters' | 'ridgelines'> {
    const every = Math.max(1, Math.floor(step / 200));
    const steps = Array.from({ length: Math.ceil(step / every) }, (_, i) => 1 + i * every);
    return {
      loss: series(steps, (at) => 0.7 * 2 ** (-at / 300) + 0.02 * Math.abs(Math.sin(at / 9))),
      parameters: ['W1', 'b1', 'W2', 'b2'].map((name, k) => ({
        name,
        size: 4,
        gradientNorm: series(steps, (at) => (k + 1) * 0.3 * 2 ** (-at / (200 + 80 * k))),
        updateRatio: series(steps, (at) => 10 ** (-2 - k / 2) * 2 ** (-at / 900)),
      })),
      ridgelines: (['activation', 'gradient'] as const).map((of) => ridgeline(of, steps)),
    };
  }
}

/** Bells that wander and narrow. */
function ridgeline(of: Ridgeline['of'], all: readonly number[]): Ridgeline {
  const steps = all.filter((_, i) => i % Math.max(1, Math.floor(all.length / 16)) === 0);
  const [low, high] = of === 'activation' ? [-1, 1] : [-8, 0];
  return {
    name: 'h',
    of,
    scale: of === 'activation' ? 'linear' : 'log10',
    steps,
    ridges: steps.map((_, i) => {
      const middle = 6 + i / 2;
      const counts = Array.from({ length: 24 }, (_unused, bin) =>
        Math.round(40 * Math.exp(-((bin - middle) ** 2) / 12)),
      );
      return { low, high, counts, zeros: of === 'gradient' ? 10 : 0 };
    }),
  };
}

const nothing = { problems: [], files: [], timings: [] };

const traceOfStep = (step: number): Trace => emptyTrace({ 'model.ts': `step ${step}` });
