import type { ModulePath, NodeId } from '../base/brand.ts';
import type { Problem } from '../base/problem.ts';
import type { SourceFix, TextEdit } from '../base/source-fix.ts';
import type { Span } from '../base/span.ts';
import type { Trace, TraceFile } from '../trace/format.ts';
import type { TrainedParameter } from './training.ts';

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
  /** Left out: the program's own numbers. */
  readonly overrides?: readonly LeafOverride[];
  /** Repairs of one file that the program is run with. The worker works them out: it is the one that parses. */
  readonly fix?: SourceFix;
  /** Whether a run that fails on the way gives what it had made until then, as a last pass without gradients. */
  readonly unfinished?: boolean;
  /** A model is trained before it is recorded. Left out: what is recorded is its first step. */
  readonly training?: Training;
  /** What parameters of the same name, place in order and shape begin with, in place of the program's own numbers. */
  readonly weights?: readonly TrainedParameter[];
}

/** What became of the content of a parameter that a training left. */
export interface WeightKept extends Pick<TrainedParameter, 'name' | 'ordinal'> {
  readonly kept: boolean;
  /** Null where it was. */
  readonly why: string | null;
}

/** Steps of a model's optimiser that are made, and not recorded, before the step that is. */
export interface Training {
  /** Null: the first model of the file. */
  readonly model: string | null;
  /** The step of training that is recorded, from 1. */
  readonly step: number;
}

/** Another number for one element of a leaf, from the moment that the program makes it: control flow follows it. */
export interface LeafOverride {
  /** By its place in the order of execution, which is the same in every run of the same text up to where a number differs. */
  readonly node: NodeId;
  /** Row-major. */
  readonly element: number;
  /** What it holds otherwise. A leaf that holds something else there is another one, and is left as it is. */
  readonly from: number;
  readonly to: number;
}

/** What became of an override. */
export interface Overridden extends LeafOverride {
  /** As the leaf's dtype rounds it. */
  readonly to: number;
  readonly applied: boolean;
  /** The number in the text that the override stood for, its sign included; or why there is none. */
  readonly literal: LiteralPlace | { readonly why: string };
}

export interface LiteralPlace {
  readonly file: ModulePath;
  readonly span: Span;
  readonly text: string;
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
  /** Of a run that was asked for with overrides. */
  readonly overridden?: readonly Overridden[];
  /** Of a run that was asked for with weights: one for each. */
  readonly weightsKept?: readonly WeightKept[];
  /** Of a run that was asked for with a fix; null where its form is not understood, and then nothing ran. */
  readonly edits?: readonly TextEdit[] | null;
  /** Of a run that was to give what it had made: its last pass came to no end, and `problems` say why. */
  readonly unfinished?: boolean;
}

/**
 * What the rest of the product sees of the sandbox (made by `startRunner` of `engine/node/runner.ts` or `engine/web/`): one run at a
 * time; a run asked for while one is under way replaces any that waits. A dead worker is replaced without being asked.
 */
export interface Runner {
  /** Null when a newer request took its place or `stop` was called before it finished. */
  run(request: RunRequest): Promise<RunResult | null>;
  /** Ends the run under way, if any, by terminating its worker. */
  stop(): void;
  dispose(): void;
}
