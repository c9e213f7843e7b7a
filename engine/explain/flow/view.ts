import type { NodeId } from '../../base/brand.ts';
import type { SourceRef } from '../view.ts';

/** How the size of the gradient changes between the loss and a node, place by place of the source. */
export interface FlowView {
  readonly node: NodeId;
  /** `‖∂L/∂W‖ = 3.21e−19, 18.5 decades below ∂L/∂L = 1`; of a parameter that a loop uses, where it is used first. */
  readonly title: string;
  /** `18.1 of 18.5 decades are lost in sigmoid, line 9, over its 30 repetitions.`; null where little is lost. */
  readonly summary: string | null;
  /** In the order in which the gradient comes by, from the loss. */
  readonly bars: readonly FlowBar[];
  /** Of a node that one line of the source makes over and over, or that is used so: the norm at each repetition. */
  readonly repetitions: { readonly label: string; readonly sparkline: Sparkline } | null;
}

/** One place of the source, with all the ops that stand for it. */
export interface FlowBar {
  /** `σ′(z)`, `matmul`: what the gradient is multiplied by. */
  readonly label: string;
  /** `h, line 9`; null for what has no place. */
  readonly place: string | null;
  /** Where it stands: what a click shows. */
  readonly source: SourceRef | null;
  /** A node that stands at the place, for those who show its source. */
  readonly reveals: NodeId;
  readonly count: number;
  /** log₁₀ of what the norm is multiplied by, all repetitions together: below zero where magnitude is lost. Null where nothing arrives. */
  readonly decades: number | null;
  /** `−18.06`, `+0.30`; `−∞` where nothing arrives. */
  readonly text: string;
  /** Decades from the loss before and after. Where nothing arrives there is no `after`. */
  readonly before: number;
  readonly after: number | null;
  /** The norm that has arrived after its last repetition. */
  readonly norm: string;
  /** Its part of all that is lost: `84 %`; null where it loses nothing. */
  readonly share: string | null;
  /** Whether most is lost here. */
  readonly isCulprit: boolean;
  /** The norm after each repetition, from the loss outwards; null for a few. */
  readonly sparkline: Sparkline | null;
  /** In the graph as shown. Edges as `from>to`. */
  readonly lit: { readonly nodes: readonly NodeId[]; readonly edges: readonly string[] };
}

/** Norms over repetitions, from the loss outwards. */
export interface Sparkline {
  /** log₁₀ of each; null where it is 0 or not finite. */
  readonly decades: readonly (number | null)[];
  /** `█▇▆▅▄▃▂▁`: equal steps of decades. `·` stands for 0, `!` for what is not finite. */
  readonly blocks: string;
  /** `0.0213 → 1.20e−15`, with the least and the greatest where these are not the ends. */
  readonly text: string;
}
