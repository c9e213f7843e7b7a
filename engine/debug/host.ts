import type { ModulePath } from '../base/brand.ts';
import type { RunResult } from '../protocol/worker.ts';

/** A file that a launch names, as the sandbox sees it. */
export interface ProgramPlace {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  readonly entry: ModulePath;
}

/** What a run is for: which step of training is to be recorded. */
export interface ProgramRun extends ProgramPlace {
  readonly trainingStep: number;
}

/** What the adapter asks of whatever it lives in: an editor, or a process of its own. */
export interface DebugHost {
  /** Where a program of the client's is, or in words why it cannot be run. */
  locate(program: string): ProgramPlace | string;
  /** Null when it was stopped. May be refused in words: a workspace that is not trusted, say. */
  run(program: ProgramRun): Promise<RunResult | string | null>;
  /** Ends the run under way, if any. */
  stop(): void;
  /** A module as the client names files. */
  pathOf(root: string, file: ModulePath): string;
  /** The way back; null for what is not below the root. */
  moduleOf(root: string, path: string): ModulePath | null;
  /** What a file holds now, unsaved changes included; null when it is gone. */
  textOf(root: string, file: ModulePath): string | null;
  /** Lets messages in while something takes long. */
  breathe(): Promise<void>;
}
