import type { NodeId } from '../base/brand.ts';
import type { Chains } from './chain.ts';

/** What adding up at every node saves over walking every path by itself. */
export interface Reuse {
  /** Edges on any path from the node to the loss: the backward pass visits each of them once. */
  readonly edges: number;
  /** Edges of all paths, those that paths share counted again for each. Exact. */
  readonly steps: bigint;
}

/** Beyond so many digits the numbers themselves are what takes the time. */
const mostDigits = 300;

/** Null where one path is all there is, and where the paths are too many to be counted in time. */
export function reuseOf(chains: Chains, id: NodeId): Reuse | null {
  const count = chains.pathCount(id);
  if (count < 2n || String(count).length > mostDigits) return null;
  const { nodes, edges } = chains.reach(id);
  // A path from a node is an edge and a path from where it leads: Σ (1 + its length) over those paths. Readers come later than
  // what they read, so that from behind all that is added is known.
  const lengths = new Map<NodeId, bigint>();
  for (const node of nodes.sort((a, b) => b - a)) {
    const terms = chains.terms(node);
    lengths.set(
      node,
      terms.reduce((total, { through }) => total + lengths.get(through)! + chains.pathCount(through), 0n),
    );
  }
  return { edges: edges.length, steps: lengths.get(id)! };
}
