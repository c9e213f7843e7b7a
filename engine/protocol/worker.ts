import type { ModulePath } from '../base/brand.ts';
import type { Problem } from '../base/problem.ts';
import type { Trace, TraceFile } from '../trace/format.ts';

/** Every limit of a run. All are settings. */
export interface Budget {
  /** Milliseconds until the guest is interrupted. */
  readonly softDeadline: number;
  /** Milliseconds until the worker is terminated: some native loops ignore interrupts. */
  readonly hardDeadline: number;
  readonly guestBytes: number;
  readonly tensorBytes: number;
  readonly nodes: number;
  readonly logLines: number;
}

export const defaultBudget: Budget = {
  softDeadline: 2000,
  hardDeadline: 3000,
  guestBytes: 64 * 2 ** 20,
  tensorBytes: 512 * 2 ** 20,
  nodes: 200_000,
  logLines: 1000,
};

export interface RunRequest {
  /** Absolute path of the workspace folder; nothing outside it can be imported. Never shown to the guest. */
  readonly root: string;
  readonly entry: ModulePath;
  /** Unsaved buffers, which take the place of what is on disk. */
  readonly overlays: ReadonlyMap<ModulePath, string>;
  readonly budget: Budget;
}

export interface RunTiming {
  readonly stage: 'read' | 'instrument' | 'create' | 'run' | 'record';
  readonly milliseconds: number;
}

/** A trace is there when at least one pass came to its end; problems may come with one. */
export interface RunResult {
  readonly trace: Trace | null;
  readonly problems: readonly Problem[];
  /** The files that were read, with the text they had: what the problems' spans count in. */
  readonly files: readonly TraceFile[];
  readonly timings: readonly RunTiming[];
}

/**
 * What the rest of the product sees of the sandbox (made by `startRunner` of `engine/node/runner.ts`): one run at a
 * time; a run asked for while one is under way replaces any that waits. A dead worker is replaced without being asked.
 */
export interface Runner {
  /** Null when a newer request took its place or `stop` was called before it finished. */
  run(request: RunRequest): Promise<RunResult | null>;
  /** Ends the run under way, if any, by terminating its worker. */
  stop(): void;
  dispose(): void;
}
