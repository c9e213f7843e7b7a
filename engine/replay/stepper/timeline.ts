import type { NodeId } from '../../base/brand.ts';
import type { PassGraph } from '../../analysis/pass-graph.ts';

/** Which part of a pass is replayed. */
export type Part = 'forward' | 'backward' | 'both';
export type Phase = 'forward' | 'backward';

/** One thing that a run did: an op that was computed, or one vector–Jacobian product added to the gradient of one input. */
export interface Moment {
  readonly phase: Phase;
  readonly node: NodeId;
  /** Which of the node's inputs the product was for; 0 in the forward pass. */
  readonly input: number;
  /** Its number in the backward pass; −1 in the forward pass. */
  readonly step: number;
}

/**
 * What a pass did, in order: its ops as they were executed, then the contributions of the backward pass as its generator made
 * them. A position is the number of moments that are done, so that the moment at a position is the next one to happen.
 */
export class Timeline {
  readonly length: number;
  /** Moments of the forward pass: the position at which the backward pass begins. */
  readonly forwardLength: number;
  readonly #nodes: Int32Array;
  readonly #inputs: Int32Array;
  /** Numbers of contributions by the receiving node, in order: those of a node are from its start up to the next one's. */
  readonly #received: Int32Array;
  readonly #receivedStart: Int32Array;

  constructor(
    readonly graph: PassGraph,
    readonly part: Part,
  ) {
    const forward = part === 'backward' ? [] : graph.nodes.filter((id) => graph.node(id).kind === 'op');
    const backward = part === 'forward' ? [] : graph.pass.contributions;
    this.forwardLength = forward.length;
    this.length = forward.length + backward.length;
    this.#nodes = new Int32Array(this.length);
    this.#inputs = new Int32Array(this.length);
    this.#nodes.set(forward);
    const start = new Int32Array(graph.trace.nodes.length + 2);
    const targets = new Int32Array(backward.length);
    backward.forEach(({ node, input }, step) => {
      this.#nodes[forward.length + step] = node;
      this.#inputs[forward.length + step] = input;
      const to = graph.node(node).inputs[input]!;
      targets[step] = to;
      start[to + 2]!++;
    });
    for (let id = 2; id < start.length; id++) start[id]! += start[id - 1]!;
    this.#received = new Int32Array(backward.length);
    targets.forEach((to, step) => (this.#received[start[to + 1]!++] = step));
    this.#receivedStart = start;
  }

  get hasBackward(): boolean {
    return this.part !== 'forward';
  }

  /** The op that the moment at a position is of. Positions are from 0 up to, and without, `length`. */
  nodeAt(position: number): NodeId {
    return this.#nodes[position] as NodeId;
  }

  phaseAt(position: number): Phase {
    return position < this.forwardLength ? 'forward' : 'backward';
  }

  /** Null at the end, where nothing is left to happen. */
  at(position: number): Moment | null {
    if (position >= this.length) return null;
    const phase = this.phaseAt(position);
    const step = phase === 'forward' ? -1 : position - this.forwardLength;
    return { phase, node: this.nodeAt(position), input: this.#inputs[position]!, step };
  }

  /** Which node the moment writes to: its own value in the forward pass, the gradient of one input in the backward pass. */
  targetAt(position: number): NodeId {
    const node = this.nodeAt(position);
    return position < this.forwardLength ? node : this.graph.node(node).inputs[this.#inputs[position]!]!;
  }

  /** Whether the value of a node is there. Leaves are there from the moment the program had made them. */
  hasValue(node: NodeId, position: number): boolean {
    return position >= this.forwardLength || node < this.nodeAt(position);
  }

  /** Numbers of the contributions that a node's gradient is made of in the end, in the order they arrive. */
  received(node: NodeId): Int32Array {
    return this.#received.subarray(this.#receivedStart[node], this.#receivedStart[node + 1]);
  }

  /** How many contributions are done at a position. */
  stepsAt(position: number): number {
    return Math.max(0, position - this.forwardLength);
  }

  /** Whether the loss has been given its gradient, 1, from which the backward pass starts. */
  isSeeded(position: number): boolean {
    return this.hasBackward && position >= this.forwardLength;
  }

  /** The first moment of the op at a position, and the one after its last: an op takes one moment for each input. */
  group(position: number): { readonly start: number; readonly end: number } {
    if (position < this.forwardLength) return { start: position, end: position + 1 };
    const node = this.#nodes[position];
    let start = position;
    let end = position + 1;
    while (start > this.forwardLength && this.#nodes[start - 1] === node) start--;
    while (end < this.length && this.#nodes[end] === node) end++;
    return { start, end };
  }
}
