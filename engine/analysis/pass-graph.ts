import type { NodeId } from '../base/brand.ts';
import type { Content, Pass, Trace, TraceNode } from '../trace/format.ts';

/** One op's reading of a node: as which of its inputs. */
export interface Use {
  readonly node: NodeId;
  readonly input: number;
}

/**
 * One pass of a trace with the ways between its nodes. Reads only; every question about a run goes through it.
 * Ways are kept in flat arrays by node: a pass may have a hundred thousand nodes, and is read anew at every keystroke.
 */
export class PassGraph {
  /** `useNodes[k]`, `useInputs[k]` for k from `useStart[id]` up to `useStart[id + 1]` are who reads node `id`. */
  readonly #useStart: Int32Array;
  readonly #useNodes: Int32Array;
  readonly #useInputs: Int32Array;
  readonly #isMember: Uint8Array;
  /** Place of an op's first input in `contributed`, for every op of the pass. */
  readonly #inputStart: Int32Array;
  /** Where in `pass.contributions` an input's contribution is, plus 1; 0 when nothing flowed. Made when first asked for. */
  #contributed: Int32Array | null = null;

  constructor(
    readonly trace: Trace,
    readonly pass: Pass,
  ) {
    const size = trace.nodes.length + 1;
    this.#isMember = new Uint8Array(size);
    this.#inputStart = new Int32Array(size);
    this.#useStart = new Int32Array(size + 1);
    let inputs = 0;
    for (const id of pass.nodes) {
      this.#isMember[id] = 1;
      this.#inputStart[id] = inputs;
      const node = trace.nodes[id]!;
      inputs += node.inputs.length;
      for (const input of node.inputs) this.#useStart[input + 1]!++;
    }
    for (let id = 0; id < size; id++) this.#useStart[id + 1]! += this.#useStart[id]!;
    this.#useNodes = new Int32Array(inputs);
    this.#useInputs = new Int32Array(inputs);
    const next = this.#useStart.slice();
    for (const id of pass.nodes) {
      const { inputs: from } = trace.nodes[id]!;
      for (let i = 0; i < from.length; i++) {
        const place = next[from[i]!]!++;
        this.#useNodes[place] = id;
        this.#useInputs[place] = i;
      }
    }
  }

  /** Ascending: inputs first. */
  get nodes(): readonly NodeId[] {
    return this.pass.nodes;
  }

  has(id: NodeId): boolean {
    return this.#isMember[id] === 1;
  }

  node(id: NodeId): TraceNode {
    return this.trace.nodes[id]!;
  }

  /** Who reads a node, in order of execution; an op that reads it twice is there twice. */
  consumers(id: NodeId): Use[] {
    const uses: Use[] = [];
    for (let k = this.#useStart[id]!; k < this.#useStart[id + 1]!; k++)
      uses.push({ node: this.#useNodes[k] as NodeId, input: this.#useInputs[k]! });
    return uses;
  }

  /** How often a node is read. */
  useCount(id: NodeId): number {
    return this.#useStart[id + 1]! - this.#useStart[id]!;
  }

  /** The op that reads a node at one of its uses. For walks over whole passes: nothing is made for it. */
  userAt(id: NodeId, use: number): NodeId {
    return this.#useNodes[this.#useStart[id]! + use] as NodeId;
  }

  hasGradient(id: NodeId): boolean {
    return this.pass.gradients.has(id);
  }

  /** What one op added to the gradient of one of its inputs: null when too large to be kept, undefined when nothing flowed. */
  contribution(node: NodeId, input: number): Float64Array | null | undefined {
    const content = this.contributed(node, input);
    return content && (content.data ? Float64Array.from(content.data) : null);
  }

  /** The same with its statistics. */
  contributed(node: NodeId, input: number): Content | undefined {
    this.#contributed ??= this.#index();
    const place = this.#contributed[this.#inputStart[node]! + input]!;
    return place === 0 ? undefined : this.pass.contributions[place - 1]!.value;
  }

  /** Euclidean norm of a contribution; undefined when nothing flowed. */
  contributionNorm(node: NodeId, input: number): number | undefined {
    return this.contributed(node, input)?.statistics.norm;
  }

  #index(): Int32Array {
    const places = new Int32Array(this.#useNodes.length);
    this.pass.contributions.forEach(({ node, input }, k) => {
      if (this.has(node)) places[this.#inputStart[node]! + input] = k + 1;
    });
    return places;
  }
}
