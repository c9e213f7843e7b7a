import type { ProblemView } from './panel.ts';
import type { RunRequest, RunResult } from './worker.ts';

/** A quantity over the steps of a training. Thinned to a bounded number of points; the smallest and largest ones stay. */
export interface Series {
  /** Steps of training, from 1, rising. */
  readonly steps: readonly number[];
  /** As many; null where the number is NaN or infinite. */
  readonly values: readonly (number | null)[];
}

export interface ParameterSeries {
  /** As the source names it: `W1`, `layers.0.weight`. */
  readonly name: string;
  readonly size: number;
  /** Euclidean norm of the gradient. */
  readonly gradientNorm: Series;
  /** Norm of what the optimiser changes, over the norm of what is changed. */
  readonly updateRatio: Series;
}

/** How the elements of one tensor are spread, at a few steps: one ridge for each. */
export interface Ridgeline {
  readonly name: string;
  readonly of: 'activation' | 'gradient';
  /** Gradients are counted by the decimal logarithm of their magnitude; exact zeros are counted apart. */
  readonly scale: 'linear' | 'log10';
  readonly steps: readonly number[];
  readonly ridges: readonly Ridge[];
}

export interface Ridge {
  /** The first bin begins here, the last one ends at `high`; bins are equally wide (of the logarithm where the scale is one). */
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
  readonly zeros: number;
}

/** How a training stands: always whole, of bounded size, a few times a second. */
export interface TrainingState {
  /** Path within the workspace. */
  readonly file: string;
  readonly model: string;
  readonly phase: 'starting' | 'running' | 'paused' | 'finished' | 'failed';
  /** Steps that were made. */
  readonly step: number;
  /** Steps that `model(fn, { steps })` asks for; running on is allowed. */
  readonly steps: number;
  readonly stepsPerSecond: number | null;
  /** What the user limits the speed to, in steps a second. Null: as fast as it goes. */
  readonly speed: number | null;
  /** Why it failed. */
  readonly problem: ProblemView | null;
  readonly loss: Series;
  readonly parameters: readonly ParameterSeries[];
  readonly ridgelines: readonly Ridgeline[];
  /** The step whose graph is shown, or null: the graph of the live run. */
  readonly shown: number | null;
  /** While the text is edited, the live run goes on from the weights that were trained. */
  readonly keepWeights: boolean;
  /** The step whose weights the live run has; null: the program's own. */
  readonly weightsOf: number | null;
  /** Parameters of the live run that begin as the program makes them although weights are kept, each with why. */
  readonly notKept: readonly string[];
  /** The text is another one since the training began: it can be looked at, and not go on. */
  readonly edited: boolean;
}

/** What the user may do with a training. */
export type TrainingMove =
  /** Begins a training of a model of the shown file, in place of any other. Null: the model that is shown. */
  | { readonly kind: 'start'; readonly model: string | null }
  | { readonly kind: 'run' }
  | { readonly kind: 'pause' }
  /** One step, then pause. */
  | { readonly kind: 'step' }
  | { readonly kind: 'speed'; readonly stepsPerSecond: number | null }
  /** Back to the weights that the program makes, and no steps. */
  | { readonly kind: 'reset' }
  /** Ends the training and lets its recording go. */
  | { readonly kind: 'stop' }
  /** Shows the graph of a step, from 1; null: of the live run again. */
  | { readonly kind: 'show'; readonly step: number | null }
  | { readonly kind: 'keepWeights'; readonly on: boolean };

/** The contents of a parameter, as training left them. */
export interface TrainedParameter {
  /** As the source names it, and which of those of the same name it is, from 0. */
  readonly name: string;
  readonly ordinal: number;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** What a trainer tells of itself: a training without what is the host's to know. */
export type TrainingReport = Omit<TrainingState, 'shown' | 'keepWeights' | 'weightsOf' | 'notKept' | 'edited'>;

/** A training in a worker of its own (made by `startTrainer` of `engine/node/trainer.ts`), so that edits stay quick. Begins paused. */
export interface Trainer {
  readonly report: TrainingReport;
  run(): void;
  pause(): void;
  /** One step, then pause. */
  step(): void;
  /** Steps a second at most; null: as fast as it goes. */
  limit(stepsPerSecond: number | null): void;
  reset(): void;
  /** The whole recorded trace of one step that was made, from 1. Null when it is gone or another was asked for since. */
  trace(step: number): Promise<RunResult | null>;
  /** The weights as they stand. */
  weights(): Promise<readonly TrainedParameter[]>;
  dispose(): void;
}

/** `model` null: the first one that has an optimizer. */
export type StartTrainer = (
  request: RunRequest & { readonly model: string | null },
  changed: (report: TrainingReport) => void,
) => Trainer;
