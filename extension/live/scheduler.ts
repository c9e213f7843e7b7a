import type { Disposable } from '../../engine/base/disposable.ts';
import type { Runner, RunRequest, RunResult } from '../../engine/protocol/worker.ts';

export interface SchedulerOptions {
  readonly runner: Runner;
  /** Milliseconds between the first of several wishes and the run that answers them all. */
  readonly delay: () => number;
  /** The program as it is now, or null when nothing may run. Asked when a run starts and never before: newest wins. */
  readonly read: () => RunRequest | null;
  readonly started: (request: RunRequest) => void;
  /** Of every run that came to an end of its own. `more` when a newer one follows at once. */
  readonly finished: (request: RunRequest, result: RunResult, more: boolean) => void;
  /** The runner itself failed: a mistake of ours, not of the model. */
  readonly broke: (error: unknown) => void;
}

/** Milliseconds that a run may hold a newer one up. Terminating a worker costs more than letting it finish when it is about to. */
export const patience = 300;

/** Gathers wishes to run into runs, one at a time. */
export class Scheduler implements Disposable {
  readonly #options: SchedulerOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #impatience: ReturnType<typeof setTimeout> | undefined;
  #underWay = false;
  #again = false;
  /** Counts calls of `stop`: the answer to a run from before the last one is not wanted any more. */
  #stops = 0;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  get busy(): boolean {
    return this.#underWay || this.#timer !== undefined;
  }

  /** Asks for a run of what the program will be by then. Steady typing cannot put it off for ever. */
  request(): void {
    if (this.#underWay) {
      this.#again = true;
      this.#impatience ??= setTimeout(() => this.#options.runner.stop(), patience);
    } else {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        void this.#run();
      }, this.#options.delay());
    }
  }

  /** Ends the run under way and forgets every wish made so far. */
  stop(): void {
    this.#stops++;
    this.#again = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#underWay) this.#options.runner.stop();
  }

  dispose(): void {
    this.stop();
    clearTimeout(this.#impatience);
  }

  async #run(): Promise<void> {
    const { runner, read, started, finished, broke } = this.#options;
    const request = read();
    if (request === null) return;
    const stops = this.#stops;
    this.#underWay = true;
    started(request);
    try {
      const result = await runner.run(request);
      this.#settle();
      if (result !== null && stops === this.#stops) finished(request, result, this.#again);
    } catch (error) {
      this.#settle();
      if (stops === this.#stops) broke(error);
    }
    if (this.#again) {
      this.#again = false;
      void this.#run();
    }
  }

  #settle(): void {
    this.#underWay = false;
    clearTimeout(this.#impatience);
    this.#impatience = undefined;
  }
}
