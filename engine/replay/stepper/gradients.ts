import type { NodeId } from '../../base/brand.ts';
import { countBelow } from '../../base/sorted.ts';
import { type Block, blockAlgebra } from '../../autograd/block.ts';
import { MissingContent, type Recording, type Step } from '../recording.ts';
import type { Timeline } from './timeline.ts';

/** Every so many contributions a sum is kept: stepping back adds at most that many again, and the sums kept are few. */
const kept = 64;

/** Larger tensors are added up again: the sums on the way to one would take more memory than they are worth. */
const stretched = 4096;

interface Sum {
  /** How many of the node's contributions are in it. */
  readonly count: number;
  readonly block: Block;
}

/**
 * Gradients as they stand at any moment of a backward pass. Contributions come from the generator that computes gradients,
 * which is walked no further than anybody looked; sums are made of them in the generator's own order, so that their bits agree.
 */
export class Gradients {
  #steps: Generator<Step, unknown> | null;
  /** Null for those that cannot be computed anew and were too large to be kept. */
  readonly #contributions: (Block | null)[] = [];
  readonly #sums = new Map<NodeId, Sum[]>();
  readonly #latest = new Map<NodeId, Sum>();
  /** Of one node, the sums on the way to one that was asked for. */
  #stretch: { readonly node: NodeId; readonly from: number; readonly sums: readonly Block[] } | null = null;
  readonly #loss: NodeId;
  /** What the generator ended at. */
  #missing: MissingContent | null = null;

  constructor(
    readonly timeline: Timeline,
    readonly recording: Recording,
  ) {
    this.#loss = timeline.graph.pass.loss;
    this.#steps = recording.backward(this.#loss);
  }

  /** What one step added. @throws MissingContent */
  contribution(step: number): Block {
    while (this.#contributions.length <= step) this.#walk();
    const contribution = this.#contributions[step]!;
    if (!contribution) throw this.#missing!;
    return contribution;
  }

  /** The gradient of a node after so many steps; null while it has none. @throws MissingContent */
  after(steps: number, node: NodeId): Block | null {
    if (node === this.#loss) return this.recording.filled(node, 1);
    const received = this.timeline.received(node);
    const count = countBelow(received, steps);
    return count === 0 ? null : this.#sum(node, received, count);
  }

  #sum(node: NodeId, received: Int32Array, count: number): Block {
    const first = this.contribution(received[0]!);
    if (count === 1) return first;
    const stretch = this.#stretch;
    const known = stretch?.node === node ? stretch.sums[count - stretch.from] : undefined;
    if (known) return known;
    const latest = this.#latest.get(node);
    if (latest?.count === count) return latest.block;
    const start = this.#nearest(node, latest, count) ?? { count: 1, block: first };
    const sums = [start.block];
    for (let i = start.count; i < count; i++) {
      const block = blockAlgebra.apply('add', [sums.at(-1)!, this.contribution(received[i]!)]);
      if ((i + 1) % kept === 0) this.#keep(node, { count: i + 1, block });
      if (sums.length > kept) sums.shift();
      sums.push(block);
    }
    const block = sums.at(-1)!;
    this.#latest.set(node, { count, block });
    // One who goes back asks for the sum before next.
    if (sums.length > 2 && block.data.length <= stretched)
      this.#stretch = { node, from: count - sums.length + 1, sums };
    return block;
  }

  /** The longest sum known that is no longer than asked for. */
  #nearest(node: NodeId, latest: Sum | undefined, count: number): Sum | undefined {
    const sum = this.#sums.get(node)?.[Math.floor(count / kept) - 1];
    return latest && latest.count < count && latest.count > (sum?.count ?? 0) ? latest : sum;
  }

  #keep(node: NodeId, sum: Sum): void {
    const sums = this.#sums.get(node) ?? [];
    // The list has no holes: a sum is made of the one before it.
    if (sums.length === sum.count / kept - 1) sums.push(sum);
    this.#sums.set(node, sums);
  }

  #walk(): void {
    const step = this.#contributions.length;
    if (!this.#steps) return void this.#contributions.push(this.#recorded(step));
    try {
      this.#walkOn(this.#steps, step);
    } catch (error) {
      // The trace has left out a leaf that a rule needs. What the rule gave in the run it may hold all the same.
      if (!(error instanceof MissingContent)) throw error;
      this.#missing = error;
      this.#steps = null;
      this.#contributions.push(this.#recorded(step));
    }
  }

  #walkOn(steps: Generator<Step, unknown>, step: number): void {
    const { done, value } = steps.next();
    const expected = this.timeline.at(this.timeline.forwardLength + step);
    if (done === true || value.node !== expected?.node || value.input !== expected.input)
      throw new Error('The recorded pass and the rules that replay it do not agree.');
    this.#contributions.push(value.contribution);
  }

  /** A contribution as the run made it; null where it was too large to be kept. */
  #recorded(step: number): Block | null {
    const { node, input, value } = this.timeline.graph.pass.contributions[step]!;
    if (!value.data) return null;
    const { shape, dtype } = this.timeline.graph.node(this.timeline.graph.node(node).inputs[input]!);
    return { data: value.data, shape, dtype };
  }
}
