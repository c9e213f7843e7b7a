import type { Trace } from '../../trace/format.ts';

interface Surroundings {
  /** The trace of a step; null where it cannot be had. */
  readonly traceOf: (step: number) => Promise<Trace | null>;
  /** Shows the trace of a step, or the live run's again. */
  readonly present: (step: Trace | null) => void;
}

/** Which step of a training is shown: the one asked for last, as soon as its trace is there. */
export class ShownStep {
  readonly #around: Surroundings;
  /** Null: the live run. */
  #shown: number | null = null;
  #wanted: number | null = null;
  #fetching = false;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  get step(): number | null {
    return this.#shown;
  }

  show(step: number | null): void {
    this.#wanted = step;
    if (step === null) this.#present(null, null);
    else if (!this.#fetching) void this.#fetch();
  }

  /** One trace at a time: while it is made, the user may have moved on to another step. */
  async #fetch(): Promise<void> {
    this.#fetching = true;
    try {
      for (;;) {
        const step = this.#wanted;
        if (step === null || step === this.#shown) return;
        const trace = await this.#around.traceOf(step);
        if (this.#wanted !== step) continue;
        if (trace === null) this.#wanted = this.#shown;
        else this.#present(step, trace);
      }
    } finally {
      this.#fetching = false;
    }
  }

  #present(step: number | null, trace: Trace | null): void {
    if (this.#shown === step) return;
    this.#shown = step;
    this.#around.present(trace);
  }
}
