import type { NodeId } from '../base/brand.ts';
import { broadcastIndices } from '../tensor/kernels/broadcast.ts';
import { sameShape } from '../tensor/shape.ts';
import type { TraceNode } from '../trace/format.ts';
import type { PassGraph } from './pass-graph.ts';

/** Where a function of one number has no derivative. */
type Bends = (x: number, attributes: TraceNode['attributes']) => boolean;

const at =
  (...places: readonly number[]): Bends =>
  (x) =>
    places.includes(x);
const atEnds: Bends = (x, { min, max }) => x === min || x === max;

const bends: Readonly<Record<string, Bends>> = {
  relu: at(0),
  relu6: at(0, 6),
  leakyRelu: at(0),
  // With α = 1 it is smooth.
  elu: (x, { alpha }) => x === 0 && alpha !== 1,
  selu: at(0),
  abs: at(0),
  sign: at(0),
  clamp: atEnds,
  hardtanh: atEnds,
  hardsigmoid: at(-3, 3),
  hardswish: at(-3, 3),
  floor: Number.isInteger,
  ceil: Number.isInteger,
  round: (x) => Math.abs(x % 1) === 0.5,
};

/** How many elements of an op's result stand where the op has no derivative, so that one was agreed on. */
export function kinksAt(graph: PassGraph, id: NodeId): number {
  const node = graph.node(id);
  const [a, b] = node.inputs.map((input) => graph.node(input));
  if (!a?.value.data) return 0;
  const bend = bends[node.op];
  if (bend) return countOf(a.value.data, (x) => bend(x, node.attributes));
  switch (node.op) {
    case 'maximum':
    case 'minimum':
      return b ? equalPairs(a, b, node) : 0;
    case 'max':
    case 'min':
      return ties(a, node);
    case 'norm':
    case 'std':
      return countOf(node.value.data ?? [], (y) => y === 0);
    default:
      return 0;
  }
}

function countOf(data: ArrayLike<number>, holds: (x: number) => boolean): number {
  let total = 0;
  for (let i = 0; i < data.length; i++) total += Number(holds(data[i]!));
  return total;
}

function equalPairs(a: TraceNode, b: TraceNode, { shape }: TraceNode): number {
  const [p, q] = [a.value.data, b.value.data];
  if (!p || !q) return 0;
  const [left, right] = [broadcastIndices(a.shape, shape), broadcastIndices(b.shape, shape)];
  return left.reduce((total, place, k) => total + Number(p[place] === q[right[k]!]), 0);
}

/** Lanes whose extreme is there more than once. */
function ties(x: TraceNode, y: TraceNode): number {
  const extremes = y.value.data;
  if (!extremes || !x.value.data) return 0;
  const { dim } = y.attributes;
  const dims = (Array.isArray(dim) ? dim : [dim ?? []].flat()) as readonly number[];
  const removed = new Set(dims.map((one) => (one < 0 ? one + x.shape.length : one)));
  const kept = x.shape.map((size, i) => (removed.size === 0 || removed.has(i) ? 1 : size));
  const lane = sameShape(x.shape, []) ? new Int32Array(1) : broadcastIndices(kept, x.shape);
  const hits = new Int32Array(extremes.length);
  const { data } = x.value;
  for (let i = 0; i < data.length; i++) if (data[i] === extremes[lane[i]!]) hits[lane[i]!]!++;
  return hits.reduce((total, count) => total + Number(count > 1), 0);
}
