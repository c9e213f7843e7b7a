import type { NodeId } from '../base/brand.ts';
import type { Fold } from '../analysis/folds.ts';
import { type Block, blockAlgebra } from '../autograd/block.ts';
import { passes, unit, wayBetween } from './jacobian.ts';
import { push } from './pushforward.ts';
import type { Recording } from './recording.ts';

/** One number of a tensor. */
export interface Element {
  readonly node: NodeId;
  /** In row-major order. */
  readonly place: number;
}

/** How a fold's elements change with one element of an input: a column of its Jacobian. Null where nothing passes. */
export function columnThrough(recording: Recording, { id, ops }: Fold, { node, place }: Element): Float64Array | null {
  const column = pushed(recording, ops, node, unit(recording, node, place)).get(id);
  return column ? Float64Array.from(column.data) : null;
}

/** How everything on the way to the loss changes with one element: a column of each node's Jacobian, itself included. */
export function columnsOf(recording: Recording, { node, place }: Element): ReadonlyMap<NodeId, ArrayLike<number>> {
  const { graph } = recording;
  const way = [...wayBetween(graph, graph.pass.loss, node)].reverse().slice(1);
  const columns = pushed(recording, way, node, unit(recording, node, place));
  return new Map([...columns].map(([id, { data }]) => [id, data]));
}

/** Tangents of some nodes, in order of execution, when one before them moves along its own. */
function pushed(recording: Recording, nodes: readonly NodeId[], from: NodeId, tangent: Block): Map<NodeId, Block> {
  const { graph } = recording;
  const tangents = new Map<NodeId, Block>([[from, tangent]]);
  for (const id of nodes) {
    if (!passes(graph, id)) continue;
    graph.node(id).inputs.forEach((input, i) => {
      const own = tangents.get(input);
      const part = own && push(recording, id, i, own);
      const before = tangents.get(id);
      if (part) tangents.set(id, before ? blockAlgebra.apply('add', [before, part]) : part);
    });
  }
  return tangents;
}
