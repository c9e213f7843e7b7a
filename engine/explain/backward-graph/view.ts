import type { NodeId } from '../../base/brand.ts';
import type { NodeKind, Reading } from '../view.ts';

/** The graph B of the backward pass, in the granularity in which the graph G of the forward pass is shown. */
export interface BackwardGraphView {
  readonly nodes: readonly BackwardNodeView[];
  readonly edges: readonly BackwardEdgeView[];
  /** Equal as long as nothing has to be laid out again. */
  readonly structure: string;
  /** What is shown otherwise than asked for, and why; null when nothing is. */
  readonly note: string | null;
}

export interface BackwardNodeView {
  /** Below 0, so that both graphs can be drawn in one picture: `-1 - id` of the node of G where it is a whole gradient. */
  readonly id: number;
  /** `∂L/∂z`; for an op inside of a rule what it computes, `1 − h²`. */
  readonly name: string;
  readonly op: string;
  /** As the node of G whose gradient it is; an op for all others. */
  readonly kind: NodeKind;
  readonly shape: string;
  /** The gradient itself. Null for parts of rules that are too large to be computed once more. */
  readonly value: Reading | null;
  /** The shown node of G whose gradient it is, or is on the way to. */
  readonly of: NodeId;
  /** Whether it is that whole gradient. */
  readonly whole: boolean;
  /** The shown nodes of G whose values it reads. */
  readonly reads: readonly NodeId[];
}

export interface BackwardEdgeView {
  readonly from: number;
  readonly to: number;
  /** The local rule, what the upstream gradient is multiplied with: `· (1 − h²)`. Null between single ops. */
  readonly label: string | null;
}
