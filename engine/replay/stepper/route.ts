import type { NodeId } from '../../base/brand.ts';
import type { PassGraph } from '../../analysis/pass-graph.ts';
import type { Content } from '../../trace/format.ts';

/**
 * The strongest way from every node to the loss: along it the gradient's norm shrinks least. One walk over the contributions,
 * which come in an order in which all that follows a node is known before it.
 */
export class StrongestRoute {
  /** The contribution a way begins with, by node. */
  readonly #first = new Map<NodeId, { readonly step: number; readonly length: number; readonly strength: number }>();

  constructor(readonly graph: PassGraph) {
    const { contributions, gradients, loss } = graph.pass;
    this.#first.set(loss, { step: -1, length: 0, strength: 0 });
    contributions.forEach(({ node, input, value }, step) => {
      const rest = this.#first.get(node);
      const upstream = gradients.get(node);
      if (!rest || !upstream) return;
      const strength = rest.strength + strengthOf(normOf(value) / normOf(upstream));
      const from = graph.node(node).inputs[input]!;
      const known = this.#first.get(from);
      if (!known || strength > known.strength) this.#first.set(from, { step, length: rest.length + 1, strength });
    });
  }

  /** How many ops lie between a node and the loss, the loss included. */
  length(node: NodeId): number {
    return this.#first.get(node)?.length ?? 0;
  }

  /** The op that a node's gradient mostly comes from, and which of its inputs the node is; null at the loss. */
  next(node: NodeId): { readonly node: NodeId; readonly input: number } | null {
    const step = this.#first.get(node)?.step ?? -1;
    return step < 0 ? null : this.graph.pass.contributions[step]!;
  }
}

/** A way that carries NaN or ∞ is what one wants to see; one that carries nothing comes last. */
const strengthOf = (gain: number): number => (gain === 0 ? -1e6 : Number.isFinite(gain) ? Math.log(gain) : 1e6);

/** NaN where something is not finite: the norm of the rest would hide it. */
const normOf = ({ statistics: { norm, nan, positiveInfinity, negativeInfinity } }: Content): number =>
  nan + positiveInfinity + negativeInfinity > 0 ? NaN : norm;
