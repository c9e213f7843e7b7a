import type { NodeId, ScopeId } from '../../base/brand.ts';
import type { PassGraph } from '../../analysis/pass-graph.ts';
import type { Content } from '../../trace/format.ts';

interface Way {
  /** The contribution that a way begins with; −1 at the loss. */
  readonly step: number;
  /** How many hops it has, those of a composite op counted as one. */
  readonly hops: number;
  readonly strength: number;
}

/**
 * The strongest way from every node to the loss: along it the gradient's norm shrinks least. One walk over the contributions,
 * which come in an order in which all that follows a node is known before it. Ops that a composite op is made of are one hop,
 * unless one is inside it.
 */
export class StrongestRoute {
  readonly #ways = new Map<NodeId, Way>();
  /** By scope: the outermost composite op that it is a part of, or −1. */
  readonly #composites: Int32Array;

  constructor(readonly graph: PassGraph) {
    const { scopes } = graph.trace;
    this.#composites = new Int32Array(scopes.length);
    scopes.forEach(({ kind, parent }, id) => {
      const outer = parent === null ? -1 : this.#composites[parent]!;
      this.#composites[id] = outer >= 0 ? outer : kind === 'composite' ? id : -1;
    });
    const { contributions, gradients, loss } = graph.pass;
    this.#ways.set(loss, { step: -1, hops: 0, strength: 0 });
    contributions.forEach(({ node, input, value }, step) => {
      const rest = this.#ways.get(node);
      const upstream = gradients.get(node);
      if (!rest || !upstream) return;
      const strength = rest.strength + strengthOf(normOf(value) / normOf(upstream));
      const from = graph.node(node).inputs[input]!;
      const known = this.#ways.get(from);
      if (known && strength <= known.strength) return;
      this.#ways.set(from, { step, hops: rest.hops + (this.#goesOn(node) ? 0 : 1), strength });
    });
  }

  /** The outermost composite op that a node is a part of; null outside of any. */
  compositeOf(node: NodeId): ScopeId | null {
    const composite = this.#composites[this.graph.node(node).scope]!;
    return composite < 0 ? null : (composite as ScopeId);
  }

  /** How many hops lie between a node and the loss. */
  length(node: NodeId): number {
    const inside = this.compositeOf(node);
    let [count, last] = [0, node];
    // Of the composite op that one is inside of, every op is a hop.
    for (let next = this.#next(last); inside !== null && next !== null; next = this.#next(last)) {
      if (this.compositeOf(next) !== inside) break;
      count++;
      last = next;
    }
    return count + (this.#ways.get(last)?.hops ?? 0);
  }

  /**
   * The op that a node's gradient mostly comes from; of a composite op that one is not inside of, the last one, which stands for
   * all of it. Null at the loss.
   */
  next(node: NodeId, inside: ScopeId | null): NodeId | null {
    let hop = this.#next(node);
    while (hop !== null && this.compositeOf(hop) !== inside && this.#goesOn(hop)) hop = this.#next(hop);
    return hop;
  }

  /** What a composite op, named by its last op, takes from outside; in the order of its ops. */
  inputsOf(last: NodeId): NodeId[] {
    const composite = this.compositeOf(last);
    const inside = new Set<NodeId>([last]);
    const taken = new Set<NodeId>();
    for (const node of inside)
      for (const input of this.graph.node(node).inputs)
        (composite !== null && this.compositeOf(input) === composite ? inside : taken).add(input);
    return [...taken].sort((a, b) => a - b);
  }

  #next(node: NodeId): NodeId | null {
    const step = this.#ways.get(node)?.step ?? -1;
    return step < 0 ? null : this.graph.pass.contributions[step]!.node;
  }

  /** Whether the way from a node stays in the composite op that the node is a part of. */
  #goesOn(node: NodeId): boolean {
    const composite = this.compositeOf(node);
    const next = composite === null ? null : this.#next(node);
    return next !== null && this.compositeOf(next) === composite;
  }
}

/** A way that carries NaN or ∞ is what one wants to see; one that carries nothing comes last. */
const strengthOf = (gain: number): number => (gain === 0 ? -1e6 : Number.isFinite(gain) ? Math.log(gain) : 1e6);

/** NaN where something is not finite: the norm of the rest would hide it. */
const normOf = ({ statistics: { norm, nan, positiveInfinity, negativeInfinity } }: Content): number =>
  nan + positiveInfinity + negativeInfinity > 0 ? NaN : norm;
