import type { NodeId } from '../../base/brand.ts';
import type { PassGraph } from '../../analysis/pass-graph.ts';
import type { Block } from '../../autograd/block.ts';
import { Recording } from '../recording.ts';
import { Gradients } from './gradients.ts';
import { type Part, Timeline } from './timeline.ts';

/** A recorded pass as it unfolds: what is there at each position of its timeline. */
export class Replay {
  readonly timeline: Timeline;
  readonly recording: Recording;
  readonly #gradients: Gradients;

  constructor(graph: PassGraph, part: Part) {
    this.timeline = new Timeline(graph, part);
    this.recording = new Recording(graph);
    this.#gradients = new Gradients(this.timeline, this.recording);
  }

  get graph(): PassGraph {
    return this.timeline.graph;
  }

  /** The value of a node, whether or not it is there yet. @throws MissingContent */
  value(node: NodeId): Block {
    return this.recording.value(node);
  }

  /** The value of a node at a position; null while it has not been computed. */
  valueAt(position: number, node: NodeId): Block | null {
    return this.timeline.hasValue(node, position) ? this.value(node) : null;
  }

  /** The gradient of a node as it stands at a position; null while, or where, there is none. */
  gradientAt(position: number, node: NodeId): Block | null {
    if (!this.timeline.isSeeded(position)) return null;
    return this.#gradients.after(this.timeline.stepsAt(position), node);
  }

  /** Nodes that have a gradient at a position: the loss, then the others in the order in which they got one. */
  withGradientAt(position: number): NodeId[] {
    if (!this.timeline.isSeeded(position)) return [];
    const found = new Set<NodeId>([this.graph.pass.loss]);
    for (let at = this.timeline.forwardLength; at < position; at++) found.add(this.timeline.targetAt(at));
    return [...found];
  }

  /** What a step of the backward pass adds to its input's gradient. */
  contribution(step: number): Block {
    return this.#gradients.contribution(step);
  }

  /** Derivatives of any node, by all that it depends on: a backward pass that starts there, with ones. */
  derivatives(of: NodeId): ReadonlyMap<NodeId, Block> {
    return this.recording.gradients(of);
  }
}
