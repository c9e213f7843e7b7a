import type { NodeId } from '../base/brand.ts';
import type { Pass, Trace, TraceNode } from '../trace/format.ts';

/** One pass of a trace with the ways between its nodes. Reads only; every question about a run goes through it. */
export class PassGraph {
  readonly #members: ReadonlySet<NodeId>;
  readonly #consumers = new Map<NodeId, { readonly node: NodeId; readonly input: number }[]>();
  readonly #contributions = new Map<string, Float64Array | null>();

  constructor(
    readonly trace: Trace,
    readonly pass: Pass,
  ) {
    this.#members = new Set(pass.nodes);
    for (const id of pass.nodes) {
      this.node(id).inputs.forEach((input, i) => {
        const list = this.#consumers.get(input) ?? [];
        list.push({ node: id, input: i });
        this.#consumers.set(input, list);
      });
    }
    for (const { node, input, value } of pass.contributions) {
      this.#contributions.set(`${node}:${input}`, value.data ? Float64Array.from(value.data) : null);
    }
  }

  /** Ascending: inputs first. */
  get nodes(): readonly NodeId[] {
    return this.pass.nodes;
  }

  has(id: NodeId): boolean {
    return this.#members.has(id);
  }

  node(id: NodeId): TraceNode {
    return this.trace.nodes[id]!;
  }

  consumers(id: NodeId): readonly { readonly node: NodeId; readonly input: number }[] {
    return this.#consumers.get(id) ?? [];
  }

  hasGradient(id: NodeId): boolean {
    return this.pass.gradients.has(id);
  }

  /** What one op added to the gradient of one of its inputs: null when too large to be kept, undefined when nothing flowed. */
  contribution(node: NodeId, input: number): Float64Array | null | undefined {
    return this.#contributions.get(`${node}:${input}`);
  }
}
