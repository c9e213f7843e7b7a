import type { Shape } from './shape.ts';
import type { DType, TypedArray } from './dtype.ts';
import type { Expectation } from './expectation.ts';
import type { Distribution } from './random.ts';

/** What an op is told besides its tensors. Plain data: it crosses the sandbox's wall and is written to traces. */
export type Attribute = number | boolean | string | null | readonly number[];
export type Attributes = Readonly<Record<string, Attribute>>;

/** A runtime's own name for a tensor. Opaque to everyone else. */
export type Handle = object | number;

export type LeafKind = 'parameter' | 'input' | 'constant';

/** A tensor as a runtime sees it. Shapes and dtypes are always decided (and checked) before a runtime is asked. */
export interface Described {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly requiresGrad: boolean;
}

/**
 * Where tensors live and ops run. In Node and in browsers it is the local runtime (a tape over typed arrays);
 * inside the sandbox it is one that records for the host, which replays the records on a local runtime of its own.
 * The library's tensors are a thin face over it, so that both give the same numbers from the same code.
 */
export interface Runtime {
  leaf(kind: LeafKind, content: ArrayLike<number>, what: Described): Handle;
  /** A leaf with the content of another tensor, rounded to its own dtype. The content does not pass through the caller. */
  copy(kind: LeafKind, from: Handle, what: Described): Handle;
  /** A constant of random numbers that the runtime draws itself: one arithmetic, whoever asks. See `engine/tensor/random.ts`. */
  generate(distribution: Distribution, attributes: Attributes, what: Described): Handle;
  /** `op` is a key of the register `engine/ops/index.ts`. */
  apply(op: string, inputs: readonly Handle[], attributes: Attributes, what: Described): Handle;
  /** A runtime need not remember the dtype of its tensors: who asks knows. */
  read(handle: Handle, dtype: DType): TypedArray;
  /**
   * Whether all numbers of a tensor are places of a dimension of so many, counted from the front or from the end. A runtime
   * that has the numbers elsewhere answers where they are; without one, and when they are not, who asks reads them.
   */
  arePlaces?(handle: Handle, size: number): boolean;
  /**
   * A bool constant of `shape`, true where the place along `dim` is the number of `classes` for the other places. Null when
   * some number is no such place. In the same way, only for a runtime that has the numbers elsewhere.
   */
  oneHot?(classes: Handle, shape: Shape, dim: number): Handle | null;
  /** Batches that the runtime draws itself, in the one order that their seed gives: see `Batches`. */
  batches?(size: number, of: number, seed: number): DrawnBatches;
  /** Runs the backward pass from a scalar. Accumulates into the leaves' gradients. */
  backward(loss: Handle): void;
  /**
   * Gradients of one tensor with respect to others, as new tensors. `gradient()` and what it holds are left alone.
   * @param upstream the gradient to start from; null for a scalar's 1.
   * @param createGraph whether the results can be differentiated again.
   */
  differentiate(
    output: Handle,
    upstream: Handle | null,
    wrt: readonly Handle[],
    createGraph: boolean,
  ): readonly (Differentiated | null)[];
  /** The gradient, or null where there is none. Null is not zero. */
  gradient(handle: Handle): Handle | null;
  clearGradient(handle: Handle): void;
  /** Gives a leaf new content of the same shape and dtype, as an optimiser does. Old readings keep the old content. */
  assign(leaf: Handle, from: Handle): void;

  /** Whether an op that makes NaN or ±∞ of finite numbers is an error. Returns what was before. @throws AnomalyError from then on */
  detectAnomalies(on: boolean): boolean;

  /** A named stretch of the program: `scope()`, a module, or the parts of a composite op. Returns what `leaveScope` takes. */
  enterScope(kind: 'scope' | 'module' | 'composite', name: string): unknown;
  leaveScope(token: unknown): void;
  /** `watch(tensor, name)`. */
  name(handle: Handle, name: string): void;
  /** Something is expected of a tensor's gradient. Returns whether the runtime itself sees to it, after every pass it records. */
  expectGradient(handle: Handle, expectation: Expectation): boolean;
  /** A `model(fn)` was declared. The local runtime ignores it; the sandbox runs it. */
  declareModel(model: DeclaredModel): void;
}

/** The rows of a table, some at each step. */
export interface DrawnBatches {
  /** Those of this step as a new int32 input, and how many there are. */
  rows(): { readonly handle: Handle; readonly count: number };
  /** From now on it is the next step. */
  advance(): void;
}

export interface Differentiated {
  readonly handle: Handle;
  readonly requiresGrad: boolean;
}

/** What the sandbox needs of a model. */
export interface DeclaredModel {
  readonly name: string | null;
  /** Forward pass; returns the loss' handle. Throws what the user's function throws, and `NotALoss` for anything but a scalar tensor. */
  forward(): Handle;
  readonly optimizer: {
    readonly name: string;
    readonly settings: Attributes;
    /** What makes the same optimiser anywhere; null where only this one is it. */
    readonly options: Attributes | null;
  } | null;
  readonly steps: number;
  /** One optimiser update from the gradients of the last backward pass. Absent without an optimiser. */
  readonly update: (() => void) | null;
  /** What comes after is the next step: with the next rows of its batches, if it has some. */
  readonly advance: () => void;
}
