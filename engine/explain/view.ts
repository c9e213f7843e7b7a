import type { ModulePath, NodeId } from '../base/brand.ts';
import type { Span } from '../base/span.ts';

/** Plain data in a reader's words: what panel, hover, inlay hints and terminal show. No editor types, no live trace. */

export type Granularity = 'named' | 'op';

/** A value or a gradient as people read it. */
export interface Reading {
  /** `1.0000`, `−0.5378`, `1.20e−9`, `NaN`; for tensors `μ 0.0123 σ 0.98`. Four significant digits, true minus sign. */
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
  /** The same with this run's numbers: `0.369·(1 − 0.369)`; empty where it would say nothing new. */
  readonly numbers: string;
  readonly value: Reading;
  /** Product from the loss up to and including this factor; for tensors the gradient that has arrived. */
  readonly product: Reading;
  /** log₁₀ |product|, null when it is not finite or zero. */
  readonly decades: number | null;
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
}

export interface ChainPath {
  /** From the node to the loss. */
  readonly nodes: readonly NodeId[];
  /** Loss first, as the chain rule is written. */
  readonly factors: readonly Factor[];
  readonly product: Reading;
}

/** The chain rule of one node, as the card shows it. */
export interface Card {
  readonly node: NodeView;
  /** `∂E/∂u₂ = ∂E/∂Y · ∂Y/∂u₂`, or the sum over consumers. */
  readonly title: string;
  readonly gradient: Reading | null;
  readonly terms: readonly Term[];
  /** At most `shownPaths`, strongest first. */
  readonly paths: readonly ChainPath[];
  /** Exact count, which can be beyond any number: a decimal text. */
  readonly pathCount: string;
  /** Sum of the terms; agrees with `gradient`. */
  readonly sum: Reading | null;
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
}
