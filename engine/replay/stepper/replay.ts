import type { NodeId } from '../../base/brand.ts';
import type { PassGraph } from '../../analysis/pass-graph.ts';
import type { Block } from '../../autograd/block.ts';
import { Recording } from '../recording.ts';
import { whatIfTrace } from '../what-if-trace.ts';
import type { Trace } from '../../trace/format.ts';
import { Gradients } from './gradients.ts';
import { type Part, Timeline } from './timeline.ts';

/** A recorded pass as it unfolds: what is there at each position of its timeline. */
export class Replay {
  readonly timeline: Timeline;
  readonly recording: Recording;
  #changed: ReadonlyMap<NodeId, Block> = new Map();
  #given: ReadonlyMap<NodeId, ArrayLike<number>> = new Map();
  #gradients: Gradients;
  #whatIf: Trace | null = null;

  constructor(graph: PassGraph, part: Part) {
    this.timeline = new Timeline(graph, part);
    this.recording = new Recording(graph);
    this.#gradients = new Gradients(this.timeline, this.recording);
  }

  get graph(): PassGraph {
    return this.timeline.graph;
  }

  /** Whether leaves were given other values than the run's. */
  get isWhatIf(): boolean {
    return this.#given.size > 0;
  }

  /** The leaves that were given other values, in the order in which they were. */
  get given(): readonly NodeId[] {
    return [...this.#given.keys()];
  }

  /** The pass with the values that were given, as a trace of its own; null where none was. Made when it is asked for. */
  get whatIf(): Trace | null {
    if (this.isWhatIf) this.#whatIf ??= whatIfTrace(this.recording, this.#changed);
    return this.#whatIf;
  }

  /** Whether a value is another than in the run. */
  isChanged(node: NodeId): boolean {
    return this.#changed.has(node);
  }

  /** The value of a node, whether or not it is there yet. @throws MissingContent */
  value(node: NodeId): Block {
    return this.#changed.get(node) ?? this.recording.value(node);
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
    return this.recording.gradients(of, undefined, this.#changed);
  }

  /**
   * Gives a leaf other content, and computes anew all that follows from it. The order of what happens stays as it was. With the
   * content that it had in the run it is no longer a changed one. @throws MissingContent
   */
  change(leaf: NodeId, content: ArrayLike<number>): void {
    const given = new Map(this.#given).set(leaf, content);
    const { data } = this.recording.value(leaf);
    if (data.every((x: number, i: number) => Object.is(x, content[i]))) given.delete(leaf);
    this.#compute(given);
  }

  /** The values of the run again. */
  restore(): void {
    this.#compute(new Map());
  }

  #compute(given: ReadonlyMap<NodeId, ArrayLike<number>>): void {
    this.#changed = this.recording.forward(given);
    this.#given = given;
    this.#whatIf = null;
    this.#gradients = new Gradients(this.timeline, this.recording, given.size > 0 ? this.#changed : undefined);
  }
}
