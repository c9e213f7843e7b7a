import type { NodeId } from '../base/brand.ts';
import { type Block, blockAlgebra } from '../autograd/block.ts';
import type { OpName } from '../ops/index.ts';
import { isFloat } from '../tensor/dtype.ts';
import type { Recording } from './recording.ts';

/**
 * The output of a recording as a function of one of its nodes: the node may be anything, all that depends on it follows, all
 * else stays. What the program has detached from the node stays too: the gradient counts it as a constant, and so must what it
 * is compared with.
 */
export class Slope {
  /** Ops between the node and the output, inputs first. */
  readonly ops: readonly NodeId[];
  /** Ops that take something that depends on the node and, by `detach` or `noGrad`, pass no gradient on. */
  readonly held: readonly NodeId[];
  readonly here: Block;
  readonly output: number;

  constructor(
    readonly recording: Recording,
    readonly node: NodeId,
    readonly of: NodeId,
  ) {
    this.here = recording.value(node);
    this.output = recording.value(of).data[0]!;
    const { ops, held } = between(recording, node, of);
    this.ops = ops;
    this.held = held;
  }

  /** Everything that the content decides, the output last. */
  values(content: Float64Array): ReadonlyMap<NodeId, Block> {
    const { graph } = this.recording;
    const values = new Map<NodeId, Block>([[this.node, { ...this.here, data: content }]]);
    for (const id of this.ops) {
      const { op, inputs, attributes } = graph.node(id);
      const operands = inputs.map((input) => values.get(input) ?? this.recording.value(input));
      values.set(id, blockAlgebra.apply(op as OpName, operands, attributes));
    }
    return values;
  }

  at(content: Float64Array): number {
    return this.values(content).get(this.of)!.data[0]!;
  }

  /** Content with the node moved by `by` along a direction. */
  moved(direction: Direction, by: number): Float64Array {
    const content = Float64Array.from(this.here.data);
    if (typeof direction === 'number') content[direction]! += by;
    else for (let i = 0; i < content.length; i++) content[i]! += by * direction[i]!;
    return content;
  }
}

/** One element, or a weight for each. */
export type Direction = number | Float64Array;

/** Of a central difference at x. A power of two, so that moving by it rounds as little as can be: 1e-6 · max(1, |x|) at most. */
export const stepAt = (x: number): number => 2 ** Math.floor(Math.log2(1e-6 * Math.max(1, Math.abs(x))));

function between(recording: Recording, node: NodeId, of: NodeId): { ops: NodeId[]; held: NodeId[] } {
  const { graph } = recording;
  const moving = new Set<NodeId>([node]);
  const held: NodeId[] = [];
  for (const id of graph.nodes) {
    if (id <= node || id > of) continue;
    const { inputs, requiresGrad, dtype } = graph.node(id);
    if (!inputs.some((input) => moving.has(input))) continue;
    const cut = !requiresGrad && isFloat(dtype);
    if (cut && inputs.some((input) => moving.has(input) && graph.node(input).requiresGrad)) held.push(id);
    else moving.add(id);
  }
  const wanted = new Set<NodeId>([of]);
  const ops: NodeId[] = [];
  for (const id of [...moving].reverse()) {
    if (id === node || !wanted.has(id)) continue;
    ops.push(id);
    for (const input of graph.node(id).inputs) wanted.add(input);
  }
  return { ops: ops.reverse(), held };
}
