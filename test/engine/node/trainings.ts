import type { ModulePath } from '../../../engine/base/brand.ts';
import { startTrainer } from '../../../engine/node/trainer.ts';
import type { TrainedParameter, Trainer, TrainingReport } from '../../../engine/protocol/training.ts';
import { type Budget, defaultBudget } from '../../../engine/protocol/worker.ts';
import { Sandbox, type Sources } from '../sandbox/sandbox.ts';

/** What a training has told of itself, and who waits for more. */
export class Reports {
  readonly all: TrainingReport[] = [];
  readonly #waiting = new Set<() => void>();

  readonly add = (report: TrainingReport): void => {
    this.all.push(report);
    for (const look of [...this.#waiting]) look();
  };

  /** The next one, of those that come from now on or the last there is, that is as it should be. */
  until(isWanted: (report: TrainingReport) => boolean): Promise<TrainingReport> {
    return new Promise((resolve) => {
      const look = (): void => {
        const last = this.all.at(-1);
        if (!last || !isWanted(last)) return;
        this.#waiting.delete(look);
        resolve(last);
      };
      this.#waiting.add(look);
      look();
    });
  }
}

/** Trainings of programs in folders of their own. */
export class Trainings {
  readonly #sandbox = new Sandbox();
  readonly #trainers: Trainer[] = [];

  start(
    sources: Sources,
    {
      model = null,
      budget = defaultBudget,
      weights = [],
    }: {
      readonly model?: string | null;
      readonly budget?: Budget;
      readonly weights?: readonly TrainedParameter[];
    } = {},
  ): { readonly trainer: Trainer; readonly reports: Reports } {
    const root = this.#sandbox.folder(sources);
    const reports = new Reports();
    const trainer = startTrainer(
      { root, entry: 'main.ts' as ModulePath, overlays: new Map(), budget, model, weights },
      reports.add,
    );
    this.#trainers.push(trainer);
    return { trainer, reports };
  }

  /** The losses of so many steps, one at a time. @throws the problem of a training that fails */
  async losses(sources: Sources, model: string | null, steps: number): Promise<(number | null)[]> {
    const { trainer, reports } = this.start(sources, { model });
    await reports.until(({ phase }) => phase !== 'starting');
    for (let step = 1; step <= steps; step++) trainer.step();
    const done = await reports.until(({ phase, step }) => step === steps || phase === 'failed');
    trainer.dispose();
    if (done.problem) throw new Error(`${done.problem.message} (${done.problem.file}:${done.problem.line})`);
    return [...done.loss.values];
  }

  dispose(): void {
    for (const trainer of this.#trainers) trainer.dispose();
    this.#sandbox.dispose();
  }
}
