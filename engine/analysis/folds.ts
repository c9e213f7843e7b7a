import type { NodeId } from '../base/brand.ts';
import type { PassGraph } from './pass-graph.ts';

/** A node as shown, with the ops it stands for. */
export interface Fold {
  /** The op that gives the fold its value; the node itself for a leaf. */
  readonly id: NodeId;
  /** In order of execution, `id` last. */
  readonly ops: readonly NodeId[];
  /** Folds it reads, each once, in order of first use. */
  readonly inputs: readonly NodeId[];
}

export interface Folding {
  readonly folds: ReadonlyMap<NodeId, Fold>;
  /** Which fold an op belongs to. Scalar constants without a name belong to none: they are part of formulas. */
  foldOf(node: NodeId): NodeId | null;
}

/**
 * Named granularity: what the author named is a node, and what has no name, constants too, is part of the one thing it builds.
 * An unnamed op that builds several stays a node of its own; folding it would show its work twice.
 * @param opened folds to be shown op by op; `all` for op granularity.
 */
export function fold(graph: PassGraph, opened: ReadonlySet<NodeId> | 'all'): Folding {
  const named = assign(graph, () => false);
  const shown = opened === 'all' ? () => true : (id: NodeId): boolean => opened.has(named.get(id) ?? id);
  const owner = opened === 'all' || opened.size > 0 ? assign(graph, shown) : named;
  const ops = new Map<NodeId, NodeId[]>();
  for (const id of graph.nodes) {
    const fold = owner.get(id);
    if (fold !== undefined) ops.set(fold, [...(ops.get(fold) ?? []), id]);
  }
  const folds = new Map<NodeId, Fold>();
  for (const [id, members] of ops) {
    const inputs = new Set<NodeId>();
    for (const member of members) {
      for (const input of graph.node(member).inputs) {
        const from = owner.get(input);
        if (from !== undefined && from !== id) inputs.add(from);
      }
    }
    folds.set(id, { id, ops: members, inputs: [...inputs] });
  }
  return { folds, foldOf: (node) => owner.get(node) ?? null };
}

function assign(graph: PassGraph, shown: (id: NodeId) => boolean): Map<NodeId, NodeId> {
  const owner = new Map<NodeId, NodeId>();
  for (const id of [...graph.nodes].reverse()) {
    const node = graph.node(id);
    const builds = new Set(graph.consumers(id).flatMap(({ node: consumer }) => owner.get(consumer) ?? []));
    // A number is part of a formula; a constant that nothing reads (class indices, say) is part of nothing.
    const isPlain = node.kind === 'constant' && node.name === null && (node.shape.length === 0 || builds.size === 0);
    if (isPlain && !shown(id)) continue;
    const isLeaf = node.kind === 'parameter' || node.kind === 'input';
    const stands = isLeaf || node.name !== null || id === graph.pass.loss || shown(id) || builds.size !== 1;
    owner.set(id, stands ? id : [...builds][0]!);
  }
  return owner;
}
