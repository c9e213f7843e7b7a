import type { NodeId } from '../base/brand.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { Content } from '../trace/format.ts';
import { statisticsOf } from '../trace/statistics.ts';
import type { Fold } from './folds.ts';
import { LocalDerivative } from './local-derivative.ts';
import type { PassGraph } from './pass-graph.ts';

/** Below this a float32 has lost digits, and a quotient of such numbers says little. */
const exact = 1e-30;

/** One step of the chain rule as shown: what `through` passes on to `from`. Everything is worked out when first asked for. */
export class ChainEdge {
  readonly from: NodeId;
  readonly through: NodeId;
  readonly #graph: PassGraph;
  readonly #fold: Fold;
  #local: LocalDerivative | null = null;
  #content: Content | null | undefined;
  #gain: number | undefined;

  constructor(graph: PassGraph, fold: Fold, from: NodeId) {
    this.#graph = graph;
    this.#fold = fold;
    this.from = from;
    this.through = fold.id;
  }

  get local(): LocalDerivative {
    this.#local ??= new LocalDerivative(this.#graph, this.#fold, this.from);
    return this.#local;
  }

  /** What arrives at `from` this way; null where the trace left out what would have to be summed for it. */
  get content(): Content | null {
    if (this.#content === undefined) this.#content = this.#summed();
    return this.#content;
  }

  /** The same, element by element; null where the trace left it out. */
  get contribution(): Float64Array | null {
    const data = this.content?.data;
    return data ? Float64Array.from(data) : null;
  }

  /**
   * |local derivative| of a scalar, else how much the gradient's norm grows or shrinks on the way: ‖what arrives‖ over
   * ‖∂L/∂through‖. NaN where that says nothing: 0 arrives at `through`, or there are NaN or ∞ in it.
   */
  get gain(): number {
    this.#gain ??= this.#measured();
    return this.#gain;
  }

  #measured(): number {
    const upstream = this.#graph.pass.gradients.get(this.through)!;
    const { content } = this;
    const [before, after] = [normOf(upstream), content ? normOf(content) : NaN];
    if (before > exact && (after > exact || after === 0)) return after / before;
    if (this.local.kind === 'scalar' && this.local.value) return Math.abs(this.local.value[0]!);
    return before > 0 ? after / before : NaN;
  }

  /** Sum of what the fold's ops added to the gradient of `from`. */
  #summed(): Content | null {
    const graph = this.#graph;
    const parts: Content[] = [];
    const visit = (node: NodeId, input: number): void => {
      const content = graph.contributed(node, input);
      if (content) parts.push(content);
    };
    const { ops } = this.#fold;
    const uses = graph.useCount(this.from);
    if (uses < ops.length) {
      const inside = new Set(ops);
      for (const { node, input } of graph.consumers(this.from)) if (inside.has(node)) visit(node, input);
    } else {
      for (const op of ops) graph.node(op).inputs.forEach((input, i) => input === this.from && visit(op, i));
    }
    if (parts.length === 1) return parts[0]!;
    const sum = new Float64Array(sizeOf(graph.node(this.from).shape));
    for (const { data } of parts) {
      if (!data) return null;
      for (let i = 0; i < sum.length; i++) sum[i]! += data[i]!;
    }
    return { statistics: statisticsOf(sum), data: sum };
  }
}

/** NaN where something is not finite: the norm of the rest would hide it. */
const normOf = ({ statistics: { norm, nan, positiveInfinity, negativeInfinity } }: Content): number =>
  nan + positiveInfinity + negativeInfinity > 0 ? NaN : norm;
