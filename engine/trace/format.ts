import type { ModulePath, NodeId, ScopeId, SiteId } from '../base/brand.ts';
import type { Problem } from '../base/problem.ts';
import type { Span } from '../base/span.ts';
import type { Expectation } from '../tensor/expectation.ts';
import type { DType, TypedArray } from '../tensor/dtype.ts';
import type { Attributes, LeafKind } from '../tensor/runtime.ts';
import type { Shape } from '../tensor/shape.ts';

/** Contents larger than this are left out of a trace; their statistics are always there. */
export const maxElements = 4096;
/** Leaves are kept further: everything else can be computed anew from them. */
export const maxLeafElements = 2 ** 20;

/** What one run of one program did: complete and immutable, or absent. Plain data that crosses threads by structured clone. */
export interface Trace {
  readonly format: 'retrograd-trace/1';
  readonly entry: ModulePath;
  /** Every file the run read, entry first, with the text it had then. */
  readonly files: readonly TraceFile[];
  readonly sites: ReadonlyMap<SiteId, Site>;
  /** `scopes[0]` is the program itself; a scope's parent always has a smaller id. */
  readonly scopes: readonly Scope[];
  /** In order of execution; inputs come before what uses them. `nodes[i].id === i`. */
  readonly nodes: readonly TraceNode[];
  /** One for every model that ran, and one for every `backward()` of the program's own. */
  readonly passes: readonly Pass[];
  readonly log: readonly LogLine[];
  readonly problems: readonly Problem[];
}

export interface TraceFile {
  readonly path: ModulePath;
  readonly text: string;
}

/** A place in the source that a node can be bound to. */
export interface Site {
  readonly id: SiteId;
  readonly file: ModulePath;
  /** Of the expression; for a name, of the identifier. */
  readonly span: Span;
  /** `expression`: the call that made the value. `name`: the variable, property or destructured name that holds it. */
  readonly kind: 'expression' | 'name';
  /** The name, when `kind` is `name`: `u1`, `W`, `layers[0]`. */
  readonly name: string | null;
  /** For a name: the span of the expression it is bound to (the initialiser), where there is one. */
  readonly of: Span | null;
}

export type ScopeKind = 'program' | 'function' | 'loop' | 'scope' | 'module' | 'composite' | 'model';

export interface Scope {
  readonly id: ScopeId;
  readonly parent: ScopeId | null;
  readonly kind: ScopeKind;
  /** Function, module or scope name; for a loop, the name of its variable where it has one. */
  readonly name: string;
  /** Loop iteration or repetition of the call within its parent, from 0. */
  readonly index: number;
  /** Where the function, loop or call stands, or null for what has no place in user source. */
  readonly file: ModulePath | null;
  readonly span: Span | null;
}

export interface TraceNode {
  readonly id: NodeId;
  /** Key of the op register, or the kind for a leaf. */
  readonly op: string;
  readonly kind: LeafKind | 'op';
  readonly inputs: readonly NodeId[];
  readonly attributes: Attributes;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly requiresGrad: boolean;
  /** The name the author gave it first, by binding or by `watch`. */
  readonly name: string | null;
  /** Expression sites and name sites, in the order they were passed; the innermost expression first. */
  readonly sites: readonly SiteId[];
  readonly scope: ScopeId;
  readonly value: Content;
}

/** A tensor's content as a trace keeps it. */
export interface Content {
  readonly statistics: Statistics;
  /** Row-major; null over `maxElements`, for the value of a leaf over `maxLeafElements`. */
  readonly data: TypedArray | null;
}

/** Over the finite elements, except the counts. `min` … `magnitude` are NaN when there are none. */
export interface Statistics {
  readonly size: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Population standard deviation. */
  readonly deviation: number;
  /** Euclidean. */
  readonly norm: number;
  /** Mean of |x|. */
  readonly magnitude: number;
  readonly negative: number;
  readonly zero: number;
  readonly positive: number;
  readonly negativeInfinity: number;
  readonly positiveInfinity: number;
  readonly nan: number;
}

export interface Pass {
  /** The model's name, or for a bare `backward()` the name of the loss. */
  readonly name: string;
  readonly kind: 'model' | 'backward';
  /** Where `model(` or `.backward(` stands. */
  readonly site: SiteId | null;
  readonly loss: NodeId;
  /** What the pass is about, ascending: everything made while the model ran, and all that the loss depends on. */
  readonly nodes: readonly NodeId[];
  /** d loss / d node for every node that has one. A node that is absent has none: null is not zero. */
  readonly gradients: ReadonlyMap<NodeId, Content>;
  /** In the order the backward pass computed them. */
  readonly contributions: readonly Contribution[];
  /** The one optimiser update that was tried after the pass, or null without an optimiser. */
  readonly step: OptimizerStep | null;
  /** What `expectGradient` says of gradients of this pass, in the order of execution. Absent: nothing. */
  readonly expectations?: readonly PassExpectation[];
}

export interface PassExpectation extends Expectation {
  /** Of whose gradient; it need not be a node of the pass. */
  readonly node: NodeId;
  /** The call that says so. */
  readonly site: SiteId | null;
}

/** What one application of a vector–Jacobian product added to the gradient of one input. */
export interface Contribution {
  readonly node: NodeId;
  /** Which of the node's inputs. */
  readonly input: number;
  readonly value: Content;
}

export interface OptimizerStep {
  readonly optimizer: string;
  readonly settings: Attributes;
  readonly lossBefore: number;
  readonly lossAfter: number;
  readonly updates: readonly { readonly node: NodeId; readonly before: Content; readonly after: Content }[];
}

export interface LogLine {
  readonly level: 'log' | 'warn' | 'error';
  readonly text: string;
  readonly file: ModulePath;
  readonly span: Span;
}
