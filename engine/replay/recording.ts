import type { NodeId } from '../base/brand.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import { type Arithmetic, type Differentiable, backward } from '../autograd/backward.ts';
import { type Block, blockAlgebra } from '../autograd/block.ts';
import { pullBlock } from '../autograd/pull-block.ts';
import type { OpName } from '../ops/index.ts';
import { allocate, isFloat, storageOf } from '../tensor/dtype.ts';
import { sizeOf } from '../tensor/shape.ts';

/** `recorded`: every dtype as in the run, so that the same numbers come out to the last bit. `float64`: for checking. */
export type Precision = 'recorded' | 'float64';

/** A value cannot be computed anew: the trace has left out the content of a leaf that it was made of. */
export class MissingContent extends Error {
  override readonly name = 'MissingContent';
  constructor(readonly leaf: NodeId) {
    super(`The trace does not hold the content of leaf ${leaf}: it is too large.`);
  }
}

/** One contribution of a backward pass over a recording. */
export interface Step {
  readonly node: NodeId;
  readonly input: number;
  readonly contribution: Block;
}

/**
 * A pass of a trace as something to compute with: its values, those that the trace left out computed anew; its ops applied
 * to other leaves; its vector–Jacobian products with other vectors. Knows no live tape: a saved trace will do.
 */
export class Recording {
  readonly #values = new Map<NodeId, Block>();
  #tape: ReadonlyMap<NodeId, TapeEntry> | null = null;

  constructor(
    readonly graph: PassGraph,
    readonly precision: Precision = 'recorded',
  ) {}

  /** Row-major content with shape and dtype. @throws MissingContent */
  value(id: NodeId): Block {
    // Iterative, inputs first: a chain of any length leaves the stack alone.
    const todo = [id];
    while (todo.length > 0) {
      const next = todo.at(-1)!;
      const missing = this.#values.has(next) ? [] : this.#read(next);
      if (missing.length === 0) todo.pop();
      else todo.push(...missing);
    }
    return this.#values.get(id)!;
  }

  /**
   * The forward pass with other values for some nodes: leaves, or any others, which then take no notice of their inputs.
   * @returns what differs from the recording: the given nodes and all that depends on them.
   * @throws MissingContent
   */
  forward(given: ReadonlyMap<NodeId, ArrayLike<number>>): ReadonlyMap<NodeId, Block> {
    const changed = new Map<NodeId, Block>();
    for (const id of this.graph.nodes) {
      const content = given.get(id);
      const { op, inputs, attributes, shape } = this.graph.node(id);
      if (content) {
        const dtype = this.#dtype(id);
        changed.set(id, { data: storageOf(dtype, content), shape, dtype });
      } else if (inputs.some((input) => changed.has(input))) {
        const operands = inputs.map((input) => changed.get(input) ?? this.value(input));
        changed.set(id, blockAlgebra.apply(op as OpName, operands, attributes));
      }
    }
    return changed;
  }

  /**
   * Vector–Jacobian product of one op: what an upstream gradient of a node's shape contributes to one of its inputs.
   * Null when the op has no gradient for it.
   */
  pull(node: NodeId, input: number, upstream: Block, changed?: ReadonlyMap<NodeId, Block>): Block | null {
    const { op, attributes, inputs } = this.graph.node(node);
    const at = (id: NodeId): Block => changed?.get(id) ?? this.value(id);
    return pullBlock({ op, attributes, inputs: inputs.map(at), output: at(node) }, input, upstream);
  }

  /**
   * The very generator that computes gradients, over this recording: one contribution a step.
   * @param upstream of the output's shape; ones where it is left out.
   */
  backward(
    output: NodeId,
    upstream?: Block,
    changed?: ReadonlyMap<NodeId, Block>,
  ): Generator<Step, ReadonlyMap<NodeId, Block>> {
    return this.#steps(output, upstream, changed);
  }

  /** The gradients at the end of a backward pass. */
  gradients(output: NodeId, upstream?: Block, changed?: ReadonlyMap<NodeId, Block>): ReadonlyMap<NodeId, Block> {
    const steps = this.#steps(output, upstream, changed);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /** A block of a node's shape and dtype. */
  filled(id: NodeId, content: ArrayLike<number> | number): Block {
    const { shape } = this.graph.node(id);
    const dtype = this.#dtype(id);
    const data = typeof content === 'number' ? allocate(dtype, sizeOf(shape)).fill(content) : storageOf(dtype, content);
    return { data, shape, dtype };
  }

  *#steps(
    output: NodeId,
    upstream: Block | undefined,
    changed: ReadonlyMap<NodeId, Block> | undefined,
  ): Generator<Step, ReadonlyMap<NodeId, Block>> {
    this.#tape ??= tapeOf(this.graph);
    const arithmetic: Arithmetic<TapeEntry, Block> = {
      seed: ({ order }) => upstream ?? this.filled(order, 1),
      pull: ({ order }, input, gradient) => this.pull(order, input, gradient, changed),
      add: (a, b) => blockAlgebra.apply('add', [a, b]),
      accumulate: (sum, more) => {
        for (let i = 0; i < sum.data.length; i++) sum.data[i]! += more.data[i]!;
        return sum;
      },
    };
    const steps = backward(this.#tape.get(output)!, arithmetic);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return new Map([...value].map(([{ order }, gradient]) => [order, gradient]));
      yield { node: value.node.order, input: value.input, contribution: value.contribution };
    }
  }

  /** Reads or computes one value; otherwise says which values it lacks. */
  #read(id: NodeId): readonly NodeId[] {
    const { op, inputs, attributes, shape, value } = this.graph.node(id);
    const dtype = this.#dtype(id);
    if (value.data) {
      const data = this.precision === 'recorded' || !isFloat(dtype) ? value.data : Float64Array.from(value.data);
      // In float64 what was computed in float32 is computed anew, or the roundings of the run would stay in it.
      if (this.precision === 'recorded' || inputs.length === 0) {
        this.#values.set(id, { data, shape, dtype });
        return [];
      }
    }
    if (inputs.length === 0) throw new MissingContent(id);
    const missing = inputs.filter((input) => !this.#values.has(input));
    if (missing.length === 0) {
      const operands = inputs.map((input) => this.#values.get(input)!);
      this.#values.set(id, blockAlgebra.apply(op as OpName, operands, attributes));
    }
    return missing;
  }

  #dtype(id: NodeId): Block['dtype'] {
    const { dtype } = this.graph.node(id);
    return this.precision === 'float64' && isFloat(dtype) ? 'float64' : dtype;
  }
}

export interface TapeEntry extends Differentiable<TapeEntry> {
  readonly order: NodeId;
}

/**
 * The nodes of a pass as the backward pass wants them.
 * @param through the only nodes that gradients flow through; all that require one when left out.
 */
export function tapeOf(graph: PassGraph, through?: ReadonlySet<NodeId>): ReadonlyMap<NodeId, TapeEntry> {
  const entries = new Map<NodeId, TapeEntry>();
  for (const id of graph.nodes) {
    const { inputs, requiresGrad } = graph.node(id);
    const flows = requiresGrad && (through?.has(id) ?? true);
    entries.set(id, { order: id, requiresGrad: flows, inputs: inputs.map((input) => entries.get(input)!) });
  }
  return entries;
}
