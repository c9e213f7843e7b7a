import type { Thresholds } from '../analysis/thresholds.ts';
import type { ModulePath } from '../base/brand.ts';
import type { LeafOverride, RunResult, Training } from '../protocol/worker.ts';

/** A file that a launch names, as the sandbox sees it. */
export interface ProgramPlace {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  readonly entry: ModulePath;
}

/** What a run is for. */
export interface ProgramRun extends ProgramPlace {
  /** Which step of training is to be recorded, and of which model; null where it is the first. */
  readonly training: Training | null;
  /** Null for the program's own numbers. */
  readonly whatIf: WhatIfRun | null;
}

/** The run that was last launched once more, with the weights that it had, and other numbers in some leaves. */
export interface WhatIfRun {
  /** The files as they were then. */
  readonly texts: ReadonlyMap<ModulePath, string>;
  readonly overrides: readonly LeafOverride[];
}

/** What the adapter asks of whatever it lives in: an editor, or a process of its own. */
export interface DebugHost {
  /** Where a program of the client's is, or in words why it cannot be run. */
  locate(program: string): ProgramPlace | string;
  /**
   * Null when it was stopped. What a run that fails has made until then is to be kept. May be refused in words: a workspace
   * that is not trusted, say.
   */
  run(program: ProgramRun): Promise<RunResult | string | null>;
  /** What counts as vanishing, exploding or dead in a program that was run. */
  thresholdsOf(program: ProgramPlace): Thresholds;
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
