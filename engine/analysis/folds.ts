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
  readonly foldOf: (node: NodeId) => NodeId | null;
}

/** Owners by node; of no fold. */
const none = -1;

/**
 * Named granularity: what the author named is a node, and what has no name, constants too, is part of the one thing it builds.
 * An unnamed op that builds several stays a node of its own; folding it would show its work twice.
 * @param opened folds to be shown op by op; `all` for op granularity.
 */
export function fold(graph: PassGraph, opened: ReadonlySet<NodeId> | 'all'): Folding {
  const named = opened === 'all' ? null : assign(graph, () => false);
  const owner =
    named === null
      ? assign(graph, 'all')
      : opened === 'all' || opened.size === 0
        ? named
        : assign(graph, (id) => opened.has(named[id] === none ? id : (named[id] as NodeId)));
  let folds: ReadonlyMap<NodeId, Fold> | null = null;
  return {
    // Who only counts paths needs none of them.
    get folds() {
      return (folds ??= gathered(graph, owner));
    },
    foldOf: (node) => ownerOf(owner, node),
  };
}

const ownerOf = (owner: Int32Array, node: NodeId): NodeId | null =>
  owner[node] === undefined || owner[node] === none ? null : (owner[node] as NodeId);

/** The folds with what they are made of and what they read. */
function gathered(graph: PassGraph, owner: Int32Array): ReadonlyMap<NodeId, Fold> {
  const drafts: Draft[] = [];
  // Where a fold's draft is, plus 1: a look into an array, not into a map, for each of a hundred thousand nodes.
  const places = new Int32Array(owner.length);
  for (const id of graph.nodes) {
    const fold = owner[id]!;
    if (fold === none) continue;
    const place = places[fold]!;
    if (place > 0) drafts[place - 1]!.ops.push(id);
    else places[fold] = drafts.push({ id: fold as NodeId, ops: [id], inputs: [] });
  }
  // Which fold has listed an input last.
  const listed = new Int32Array(owner.length).fill(none);
  const folds = new Map<NodeId, Fold>();
  for (const draft of drafts) {
    const { id, ops, inputs } = draft;
    for (const op of ops) {
      for (const input of graph.node(op).inputs) {
        const from = owner[input]!;
        if (from === none || from === id || listed[from] === id) continue;
        listed[from] = id;
        inputs.push(from as NodeId);
      }
    }
    folds.set(id, draft);
  }
  return folds;
}

interface Draft {
  readonly id: NodeId;
  readonly ops: NodeId[];
  readonly inputs: NodeId[];
}

function assign(graph: PassGraph, shown: ((id: NodeId) => boolean) | 'all'): Int32Array {
  const owner = new Int32Array(graph.trace.nodes.length).fill(none);
  if (shown === 'all') {
    for (const id of graph.nodes) owner[id] = id;
    return owner;
  }
  for (let k = graph.nodes.length - 1; k >= 0; k--) {
    const id = graph.nodes[k]!;
    const node = graph.node(id);
    const builds = builtBy(graph, id, owner);
    // A number is part of a formula; a constant that nothing reads (class indices, say) is part of nothing.
    const isPlain = node.kind === 'constant' && node.name === null && (node.shape.length === 0 || builds === none);
    if (isPlain && !shown(id)) continue;
    const isLeaf = node.kind === 'parameter' || node.kind === 'input';
    const stands = isLeaf || node.name !== null || id === graph.pass.loss || builds < 0 || shown(id);
    owner[id] = stands ? id : builds;
  }
  return owner;
}

const several = -2;

/** The one fold that a node is read by, `none`, or `several`. */
function builtBy(graph: PassGraph, id: NodeId, owner: Int32Array): number {
  let only = none;
  const uses = graph.useCount(id);
  for (let use = 0; use < uses; use++) {
    const fold = owner[graph.userAt(id, use)]!;
    if (fold === none || fold === only) continue;
    if (only !== none) return several;
    only = fold;
  }
  return only;
}
