import type { NodeId } from '../base/brand.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import { type Block, blockAlgebra } from '../autograd/block.ts';
import { allocate } from '../tensor/dtype.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Recording } from './recording.ts';

/** The way from one node to another, latest first: `of`, what lies between, `by`. Empty where `of` does not depend on `by`. */
export type Way = readonly NodeId[];

/**
 * Everything between two nodes that gradients take.
 * @param without a node that no way may go through.
 */
export function wayBetween(graph: PassGraph, of: NodeId, by: NodeId, without: NodeId | null = null): Way {
  const after = new Set<NodeId>([by]);
  for (const id of graph.nodes) {
    if (
      id > by &&
      id <= of &&
      id !== without &&
      passes(graph, id) &&
      graph.node(id).inputs.some((one) => after.has(one))
    )
      after.add(id);
  }
  const before = new Set<NodeId>(after.has(of) ? [of] : []);
  const way: NodeId[] = [];
  for (const id of [...after].sort((a, b) => b - a)) {
    if (!before.has(id)) continue;
    way.push(id);
    if (id !== by) for (const input of graph.node(id).inputs) before.add(input);
  }
  return way;
}

/** `detach`, comparisons and `noGrad` end a way. What no gradient is asked of at all still has derivatives. */
export const passes = (graph: PassGraph, id: NodeId): boolean =>
  graph.node(id).requiresGrad || !graph.node(id).inputs.some((input) => graph.node(input).requiresGrad);

/**
 * vᵀ·J along a way: what reverse mode computes, one vector–Jacobian product after the other, without any Jacobian.
 * @param vector of the shape of the way's beginning; the result has the shape of its end.
 */
export function vectorTimesJacobian(recording: Recording, way: Way, vector: Block): Block {
  const { graph } = recording;
  const by = way.at(-1)!;
  const onWay = new Set(way);
  const sums = new Map<NodeId, Block>([[way[0]!, vector]]);
  for (const id of way) {
    const upstream = sums.get(id);
    if (id === by || !upstream) continue;
    graph.node(id).inputs.forEach((input, i) => {
      if (!onWay.has(input)) return;
      const part = recording.pull(id, i, upstream);
      const before = sums.get(input);
      if (part) sums.set(input, before ? blockAlgebra.apply('add', [before, part]) : part);
    });
    sums.delete(id);
  }
  return sums.get(by) ?? recording.filled(by, 0);
}

/**
 * Rows of the Jacobian along a way, each by one vector–Jacobian product with a unit vector.
 * @param rows places in the way's beginning, row-major.
 * @returns one after the other, each as long as the way's end has elements.
 */
export function jacobianRows(recording: Recording, way: Way, rows: readonly number[]): Float64Array {
  const { graph } = recording;
  const [of, by] = [way[0]!, way.at(-1)!];
  const width = sizeOf(graph.node(by).shape);
  const found = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    found.set(vectorTimesJacobian(recording, way, unit(recording, of, row)).data, i * width);
  });
  return found;
}

/** 1 in one place, 0 elsewhere. */
export function unit(recording: Recording, node: NodeId, place: number): Block {
  const { shape, dtype } = recording.value(node);
  const data = allocate(dtype, sizeOf(shape));
  data[place] = 1;
  return { data, shape, dtype };
}

/** Multiplications of one pass back along a way, roughly: what a Jacobian's rows are each paid with. */
export function workOf(graph: PassGraph, way: Way): number {
  return way.slice(0, -1).reduce((total, id) => total + workOfOp(graph, id), 0);
}

function workOfOp(graph: PassGraph, id: NodeId): number {
  const { op, inputs, shape } = graph.node(id);
  const sizes = inputs.map((input) => sizeOf(graph.node(input).shape));
  const size = Math.max(sizeOf(shape), ...sizes);
  switch (op) {
    case 'matmul':
      return sizeOf(shape) * (graph.node(inputs[0]!).shape.at(-1) ?? 1);
    case 'conv2d':
    case 'conv2dInput':
    case 'conv2dWeight':
      return size * sizeOf(graph.node(inputs[1]!).shape.slice(1));
    case 'inverse':
    case 'det':
      return size * Math.sqrt(size);
    default:
      return size;
  }
}
