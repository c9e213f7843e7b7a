import type { NodeId } from '../base/brand.ts';
import type { Folding } from './folds.ts';
import type { PassGraph } from './pass-graph.ts';

/**
 * Between which folds a gradient flowed, and how many paths that makes. In flat arrays, in time proportional to the
 * contributions of the pass.
 */
export class Flows {
  /** `#through[k]` for k from `#start[id]` up to `#start[id + 1]` are the folds that pass something on to fold `id`. */
  readonly #start: Int32Array;
  readonly #through: Int32Array;
  readonly #loss: NodeId;
  #counts: (number | bigint)[] | null = null;

  constructor(graph: PassGraph, { foldOf }: Folding) {
    this.#loss = graph.pass.loss;
    const size = graph.trace.nodes.length;
    const { contributions } = graph.pass;
    const [from, through] = [new Int32Array(contributions.length), new Int32Array(contributions.length)];
    this.#start = new Int32Array(size + 2);
    let crossing = 0;
    for (const { node, input } of contributions) {
      const reader = foldOf(node);
      const read = reader === null ? null : foldOf(graph.node(node).inputs[input]!);
      if (read === null || read === reader) continue;
      from[crossing] = read;
      through[crossing++] = reader!;
      this.#start[read + 1]!++;
    }
    for (let id = 0; id <= size; id++) this.#start[id + 1]! += this.#start[id]!;
    const sorted = new Int32Array(crossing);
    const next = this.#start.slice();
    // Contributions come loss first: from behind, folds come in the order in which they ran.
    for (let k = crossing - 1; k >= 0; k--) sorted[next[from[k]!]!++] = through[k]!;
    this.#through = sorted;
    this.#dropRepetitions(size);
  }

  /** The folds that pass something on to one, each once, in order of execution. */
  throughs(id: NodeId): Int32Array {
    return this.#through.subarray(this.#start[id], this.#start[id + 1]);
  }

  /**
   * How many paths lead from the loss to a fold. Exact, by dynamic programming: the number itself can be beyond all
   * enumeration.
   */
  count(id: NodeId): bigint {
    return BigInt(this.#all()[id] ?? 0);
  }

  /** Whether there is any path, without making a big number of it. */
  reaches(id: NodeId): boolean {
    const count = this.#all()[id];
    return count !== undefined && count !== 0;
  }

  /** Small counts stay plain numbers, which add up a hundred times as fast. */
  #all(): (number | bigint)[] {
    if (this.#counts) return this.#counts;
    const counts = new Array<number | bigint>(this.#start.length).fill(0);
    counts[this.#loss] = 1;
    // Readers come later than what they read: backwards, every count that is added is done.
    for (let id = this.#loss - 1; id >= 0; id--) {
      const [start, end] = [this.#start[id]!, this.#start[id + 1]!];
      let total: number | bigint = 0;
      for (let k = start; k < end; k++) total = added(total, counts[this.#through[k]!]!);
      counts[id] = total;
    }
    this.#counts = counts;
    return counts;
  }

  /** A fold that reads another several times over passes on one sum. */
  #dropRepetitions(size: number): void {
    const seen = new Int32Array(size).fill(-1);
    let kept = 0;
    for (let id = 0; id < size; id++) {
      const [start, end] = [this.#start[id]!, this.#start[id + 1]!];
      this.#start[id] = kept;
      for (let k = start; k < end; k++) {
        const through = this.#through[k]!;
        if (seen[through] === id) continue;
        seen[through] = id;
        this.#through[kept++] = through;
      }
    }
    this.#start[size] = kept;
    this.#start[size + 1] = kept;
  }
}

function added(a: number | bigint, b: number | bigint): number | bigint {
  // Most nodes have one reader: the same big number stands for both, and is not copied.
  if (a === 0) return b;
  if (typeof a === 'number' && typeof b === 'number' && a + b <= Number.MAX_SAFE_INTEGER) return a + b;
  return BigInt(a) + BigInt(b);
}
