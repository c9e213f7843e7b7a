import type { NodeId } from '../base/brand.ts';
import type { ChainEdge } from './chain-edge.ts';

export interface Path {
  /** From the loss down. */
  readonly edges: readonly ChainEdge[];
}

/** A path from a node up to the loss: its first step, and the rest of it, which is shared with other paths. */
interface Way {
  /** Null at the loss itself. */
  readonly first: ChainEdge | null;
  readonly rest: Way | null;
  /** Sum of the logarithms of the gains, so that hundreds of factors neither overflow nor vanish. */
  readonly strength: number;
}

/** How many paths are kept for each node. */
export const shownPaths = 8;

const atLoss: readonly Way[] = [{ first: null, rest: null, strength: 0 }];

/**
 * The strongest k paths of every node that is asked about: those of its consumers, each a step longer, the best k of them.
 * What is known of a node is kept, so that all nodes of a graph together cost one walk over it.
 */
export class StrongestPaths {
  readonly #ways = new Map<NodeId, readonly Way[]>();
  readonly #terms: (id: NodeId) => readonly ChainEdge[];

  constructor(loss: NodeId, terms: (id: NodeId) => readonly ChainEdge[]) {
    this.#terms = terms;
    this.#ways.set(loss, atLoss);
  }

  /** Strongest first. */
  of(id: NodeId): Path[] {
    this.#prepare(id);
    return this.#ways.get(id)!.map((way) => {
      const edges: ChainEdge[] = [];
      for (let at: Way | null = way; at?.first; at = at.rest) edges.push(at.first);
      return { edges: edges.reverse() };
    });
  }

  /** What a node builds on is done before it: recursion would overflow on long chains. */
  #prepare(id: NodeId): void {
    const needed = new Set<NodeId>([id]);
    for (const node of needed) {
      if (this.#ways.has(node)) continue;
      for (const { through } of this.#terms(node)) needed.add(through);
    }
    const latestFirst = Array.from(needed).sort((a, b) => b - a);
    for (const node of latestFirst) if (!this.#ways.has(node)) this.#ways.set(node, this.#best(node));
  }

  #best(id: NodeId): readonly Way[] {
    const best: Way[] = [];
    for (const first of this.#terms(id)) {
      const own = strengthOf(first);
      for (const rest of this.#ways.get(first.through)!) {
        const strength = own + rest.strength;
        // The ways of a consumer are sorted: behind one that is too weak come only weaker ones.
        if (best.length === shownPaths && !(strength > best.at(-1)!.strength)) break;
        let place = best.length;
        while (place > 0 && strength > best[place - 1]!.strength) place--;
        best.splice(place, 0, { first, rest, strength });
        if (best.length > shownPaths) best.pop();
      }
    }
    return best;
  }
}

/** A path that carries NaN or ∞ is what one wants to see; one that carries nothing comes last, and not behind all sums. */
function strengthOf({ gain }: ChainEdge): number {
  if (gain === 0) return -1e6;
  return Number.isFinite(gain) ? Math.log(gain) : 1e6;
}
