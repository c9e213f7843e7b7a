import type { ModulePath, NodeId } from '../base/brand.ts';
import type { Span } from '../base/span.ts';
import type { NullCause } from '../analysis/why.ts';
import type { ZeroReason } from '../analysis/zero-reasons.ts';
import type { ElementView, SeatView } from './element/view.ts';
import type { MatrixEquation } from './tensors/view.ts';

/** Plain data in a reader's words: what panel, hover, inlay hints and terminal show. No editor types, no live trace. */

export type Granularity = 'named' | 'op';

/** A value or a gradient as people read it. */
export interface Reading {
  /** `1.0000`, `−0.5378`, `1.20e−9`, `NaN`; for tensors `μ 0.0123 σ 0.98`, `NaN 1 ∞ 2 μ 1.1`. Four significant digits, true minus sign. */
  readonly text: string;
  /** |x| of a scalar, Euclidean norm of a tensor; what colour is chosen by. Null when not finite. */
  readonly magnitude: number | null;
  /** The number itself for a scalar, else null. */
  readonly scalar: number | null;
  /** Rows for people, only for tensors: μ, σ, ‖·‖, min, max, and counts of NaN and ±∞ when there are any. */
  readonly rows: readonly { readonly label: string; readonly text: string }[];
  /** Counts in equal bins from min to max; empty for scalars and where nothing is finite. */
  readonly histogram: readonly number[];
  /** Row-major, for tables and JSON; null for what the trace left out. */
  readonly data: readonly number[] | null;
}

export interface SourceRef {
  readonly file: ModulePath;
  readonly span: Span;
  /** From 1. */
  readonly line: number;
}

export type NodeKind = 'parameter' | 'input' | 'constant' | 'op' | 'loss';

/** A node as drawn. In named granularity it stands for its whole fold and has the id of the fold's last op. */
export interface NodeView {
  readonly id: NodeId;
  /** Typeset: `u₁`, `Yⱼ`, `h[2]`. */
  readonly name: string;
  /** As written in the source, or null where the author gave none. */
  readonly sourceName: string | null;
  /** `mul, add`; `parameter`, `input`, `constant` for leaves. */
  readonly op: string;
  readonly kind: NodeKind;
  /** `scalar` or `[2, 3]`. */
  readonly shape: string;
  readonly dtype: string;
  readonly value: Reading;
  /** Null where there is none; `noGradient` then says why. */
  readonly gradient: Reading | null;
  readonly noGradient: string | null;
  readonly source: SourceRef | null;
  /** The ops of a fold, so that it can be opened; itself alone for an op or a leaf. */
  readonly ops: readonly NodeId[];
  /** Scope path without the program: `['layer', 'loop i = 2']`. */
  readonly scope: readonly string[];
  /** While an element is chosen, which element value and gradient are of; null for what it has no part in, and otherwise. */
  readonly element: SeatView | null;
}

export interface EdgeView {
  readonly from: NodeId;
  readonly to: NodeId;
  /** `∂Y/∂u₂ = 0.2328`; written on the edge while its path is lit. Null where no gradient flows. */
  readonly label: string | null;
}

export interface GraphView {
  readonly model: string;
  /** Names of all passes of the trace, to choose from. */
  readonly models: readonly string[];
  readonly granularity: Granularity;
  readonly loss: NodeId;
  readonly nodes: readonly NodeView[];
  readonly edges: readonly EdgeView[];
  /** Equal for two graphs exactly when they have the same nodes, names, labels' sizes and edges: then nothing is laid out again. */
  readonly structure: string;
  readonly step: { readonly text: string } | null;
  /** Null unless one was asked for. */
  readonly element: ElementView | null;
}

/** One factor of a chain: ∂of/∂by. */
export interface Factor {
  readonly of: string;
  readonly by: string;
  readonly ofNode: NodeId;
  readonly byNode: NodeId;
  /** `∂Y/∂u₂`. */
  readonly symbol: string;
  /** `Y·(1 − Y)`, in the names of the source; for tensors the vector–Jacobian product `Xᵀ · ∂E/∂h`. */
  readonly formula: string;
  /** The formula in LaTeX, where a line of text is a poor picture of it: fractions, roots, cases. */
  readonly latex?: string | null;
  /** The same with this run's numbers: `0.369·(1 − 0.369)`; empty where it would say nothing new. */
  readonly numbers: string;
  readonly value: Reading;
  /** Product from the loss up to and including this factor; for tensors the gradient that has arrived. */
  readonly product: Reading;
  /** log₁₀ |product|, null when it is not finite or zero. */
  readonly decades: number | null;
  /** Which subgradient was taken, and only where this run stands on a kink: `relu stands on a kink here: at 0 …`. */
  readonly kink: string | null;
  /** On the smallest factor of a path, and only where it says something: `smallest factor: σ′ is never above 0.25`. */
  readonly remark: string | null;
}

/** One consumer's part of a gradient: ∂L/∂through · ∂through/∂node. */
export interface Term {
  readonly through: string;
  readonly throughNode: NodeId;
  readonly symbol: string;
  readonly outer: Reading;
  readonly formula: string;
  readonly numbers: string;
  readonly local: Reading;
  readonly value: Reading;
  readonly share: Share | null;
}

/** A part of a gradient as a part of the whole: the parts of all terms, or of all paths, add up to 1. */
export interface Share {
  /** value / whole for numbers; for tensors how far it goes the whole's way, ⟨value, whole⟩ / ‖whole‖². */
  readonly ratio: number;
  /** `84.6 %`, `−12.3 %`. */
  readonly text: string;
}

export interface ChainPath {
  /** From the node to the loss. */
  readonly nodes: readonly NodeId[];
  /** Loss first, as the chain rule is written. Of a long path its two ends. */
  readonly factors: readonly Factor[];
  /** What was left out between the ends of a long path: so many factors, before the one at this place. */
  readonly hidden: { readonly before: number; readonly count: number } | null;
  /** The path's part of the gradient. */
  readonly product: Reading;
  readonly share: Share | null;
}

/** What was not listed one by one, added up. */
export interface Rest {
  /** Exact, and beyond any number sometimes: a decimal text. */
  readonly count: string;
  /** Null where it was not worked out. */
  readonly sum: Reading | null;
  readonly share: Share | null;
}

/** Why a gradient is null, or exactly 0 in some places. */
export interface WhyView {
  /** `null`: there is none. `zero`: all of it is 0. `zeros`: some elements are. */
  readonly kind: 'null' | 'zero' | 'zeros';
  /** `7 of 12 elements are exactly 0.`; with the cause and its place where there is no gradient for one reason alone. */
  readonly text: string;
  /** The likeliest to matter first: those of the most elements. */
  readonly causes: readonly WhyCause[];
}

export interface WhyCause {
  /** A stable id: `detach`, `no-grad`, `inactive`, `dropped` … */
  readonly cause: NullCause | ZeroReason;
  /** `relu is inactive: −0.3 is not above 0` */
  readonly text: string;
  /** The op or value at fault, and what it is called. */
  readonly node: NodeId;
  readonly name: string;
  /** `h, line 12`; the name alone for what has no place in the source. */
  readonly place: string;
  readonly source: SourceRef | null;
  /** How many elements it explains; null for a single number, and for a gradient that does not exist. */
  readonly elements: number | null;
}

/** A word about the health of a gradient. */
export interface HealthLine {
  /** Of a finding; null for what is told without one. */
  readonly severity: 'error' | 'warning' | 'info' | null;
  readonly text: string;
}

/** The chain rule of one node, as the card shows it. */
export interface Card {
  readonly node: NodeView;
  /** `∂E/∂u₂ = ∂E/∂Y · ∂Y/∂u₂`, or the sum over consumers. */
  readonly title: string;
  readonly gradient: Reading | null;
  /** In order of execution; of very many, those that weigh most. */
  readonly terms: readonly Term[];
  readonly restOfTerms: Rest | null;
  /** Of a tensor: each term as the product that reverse mode computes, with shapes. Empty where there are very many. */
  readonly matrices: readonly MatrixEquation[];
  /** `The terms cancel: …` where they are ten times as large as their sum, or more. */
  readonly cancellation: string | null;
  /** At most `shownPaths`, strongest first. */
  readonly paths: readonly ChainPath[];
  /** All other paths together; null where all are listed. */
  readonly restOfPaths: Rest | null;
  /** Exact count, which can be beyond any number: a decimal text. */
  readonly pathCount: string;
  /** Sum of the terms; agrees with `gradient`. */
  readonly sum: Reading | null;
  readonly why: WhyView | null;
  /** What is sick, where decades are lost, how repetitions of one line decay; empty for most nodes. */
  readonly health: readonly HealthLine[];
  /** `One path to E · value u₂ = −0.5378 · add, scalar, float32`. */
  readonly note: string;
  /** Nodes and edges (`from>to`) on any path to the loss, to light up. */
  readonly lit: { readonly nodes: readonly NodeId[]; readonly edges: readonly string[] };
}

/** A value and gradient at the end of a line. */
export interface InlayView {
  readonly file: ModulePath;
  readonly span: Span;
  readonly value: string | null;
  readonly gradient: string | null;
  readonly node: NodeId;
}

/** What stands above `model(`: `E = 0.1993 · ‖∇‖ = 0.2216`. */
export interface ModelSummary {
  readonly name: string;
  readonly source: SourceRef | null;
  readonly loss: string;
  readonly gradientNorm: string;
  /** It is a model with an optimizer. */
  readonly trains: boolean;
}
