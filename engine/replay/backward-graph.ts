import type { NodeId } from '../base/brand.ts';
import type { Algebra, Shaped } from '../autograd/algebra.ts';
import { type Arithmetic, backward } from '../autograd/backward.ts';
import { type Block, blockAlgebra } from '../autograd/block.ts';
import { pull } from '../autograd/pull.ts';
import { type OpName, ops } from '../ops/index.ts';
import { resultShape, resultType } from '../ops/result.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { type Recording, type TapeEntry, tapeOf } from './recording.ts';

/** What the ops of a backward pass read: one another's results, values of the forward pass, numbers that stand in rules. */
export type BackwardValue = BackwardOp | ForwardValue | RuleNumber;

export interface ForwardValue extends Shaped {
  readonly kind: 'forward';
  readonly node: NodeId;
}

export interface RuleNumber extends Shaped {
  readonly kind: 'number';
  readonly value: number;
}

/** A node of the backward graph: one op that the backward pass applies. */
export interface BackwardOp extends Shaped {
  readonly kind: 'op';
  /** Position in the graph: what it reads comes before it. */
  readonly id: number;
  /** `seed` is ∂L/∂L; `same` hands an upstream gradient on unchanged, as addition does. */
  readonly op: OpName | 'seed' | 'same';
  readonly inputs: readonly BackwardValue[];
  readonly attributes: Attributes;
  /** Whose vector–Jacobian product it is a part of; null for the seed and for sums of contributions. */
  readonly pulls: { readonly node: NodeId; readonly input: number } | null;
}

/** The end of a vector–Jacobian product: what one op adds to the gradient of one input. */
interface Contribution {
  readonly node: NodeId;
  readonly input: number;
  readonly upstream: BackwardOp;
}

/**
 * The graph B of the backward pass over the graph G of a recorded pass: the rules that the pass itself uses, evaluated with
 * values that note down what is applied to them. Nothing is computed until a value is asked for.
 */
export class BackwardGraph {
  readonly ops: readonly BackwardOp[];
  readonly #made: BackwardOp[] = [];
  readonly #forward = new Map<NodeId, ForwardValue>();
  readonly #gradients: ReadonlyMap<NodeId, BackwardOp>;
  readonly #contributions = new Map<BackwardOp, Contribution>();
  readonly #values = new Map<BackwardOp, Block>();
  #pulls: BackwardOp['pulls'] = null;

  /**
   * @param output what is differentiated.
   * @param through the nodes that gradients are to flow through; all that require one when left out.
   */
  constructor(
    readonly recording: Recording,
    readonly output: NodeId,
    through?: ReadonlySet<NodeId>,
  ) {
    const tape = tapeOf(recording.graph, through);
    const steps = backward(tape.get(output)!, this.#arithmetic());
    for (;;) {
      const { done, value } = steps.next();
      if (!done) continue;
      this.#gradients = new Map([...value].map(([{ order }, gradient]) => [order, gradient]));
      break;
    }
    this.ops = this.#made;
  }

  /** The nodes of G that have a gradient, with the node of B that completes it. */
  get gradients(): ReadonlyMap<NodeId, BackwardOp> {
    return this.#gradients;
  }

  /** Row-major content of a node of B, to the last bit what the pass computes. @throws MissingContent */
  value(op: BackwardOp): Block {
    // Iterative, inputs first: a chain of any length leaves the stack alone.
    const todo = [op];
    while (todo.length > 0) {
      const next = todo.at(-1)!;
      const missing = this.#values.has(next) ? [] : this.#reads(next).filter((read) => !this.#values.has(read));
      if (missing.length > 0) {
        todo.push(...missing);
        continue;
      }
      if (!this.#values.has(next)) this.#values.set(next, this.#compute(next));
      todo.pop();
    }
    return this.#values.get(op)!;
  }

  #reads(op: BackwardOp): readonly BackwardOp[] {
    const contribution = this.#contributions.get(op);
    return contribution ? [contribution.upstream] : op.inputs.filter((input) => input.kind === 'op');
  }

  #compute(op: BackwardOp): Block {
    const { recording } = this;
    const contribution = this.#contributions.get(op);
    // The product of an elementwise rule is one pass over the elements and is rounded once, unlike the ops it is written with.
    if (contribution)
      return recording.pull(contribution.node, contribution.input, this.#values.get(contribution.upstream)!)!;
    if (op.op === 'seed') return recording.filled(this.output, 1);
    return blockAlgebra.apply(
      op.op as OpName,
      op.inputs.map((input) => this.#block(input)),
      op.attributes,
    );
  }

  #block(value: BackwardValue): Block {
    if (value.kind === 'op') return this.#values.get(value)!;
    if (value.kind === 'forward') return this.recording.value(value.node);
    return blockAlgebra.number(value.value, value.dtype);
  }

  #arithmetic(): Arithmetic<TapeEntry, BackwardOp> {
    const add = (a: BackwardOp, b: BackwardOp): BackwardOp => this.#apply('add', [a, b]);
    return {
      seed: ({ order }) => this.#make('seed', [], {}, this.#valueOf(order)),
      pull: ({ order }, input, upstream) => this.#pull(order, input, upstream),
      add,
      accumulate: add,
    };
  }

  #pull(node: NodeId, input: number, upstream: BackwardOp): BackwardOp | null {
    const { op, attributes, inputs } = this.recording.graph.node(node);
    const application = {
      op,
      attributes,
      inputs: inputs.map((id) => this.#valueOf(id)),
      output: this.#valueOf(node),
    };
    const first = this.#made.length;
    this.#pulls = { node, input };
    const pulled = pull<BackwardValue>(application, input, upstream, this.#algebra);
    const own = pulled?.kind === 'op' && pulled.id >= first;
    const contribution = pulled === null ? null : own ? pulled : this.#make('same', [pulled], {}, pulled);
    this.#pulls = null;
    if (contribution) this.#contributions.set(contribution, { node, input, upstream });
    return contribution;
  }

  readonly #algebra: Algebra<BackwardValue> = {
    apply: (op, inputs, attributes = {}) => this.#apply(op, inputs, attributes),
    number: (value, dtype) => ({ kind: 'number', value, shape: [], dtype }),
  };

  #apply(op: OpName, inputs: readonly BackwardValue[], attributes: Attributes = {}): BackwardOp {
    const definition = ops[op]!;
    return this.#make(op, inputs, attributes, {
      shape: resultShape(definition, inputs, attributes),
      dtype: resultType(definition, inputs),
    });
  }

  #make(op: BackwardOp['op'], inputs: readonly BackwardValue[], attributes: Attributes, what: Shaped): BackwardOp {
    const { shape, dtype } = what;
    const made: BackwardOp = {
      kind: 'op',
      id: this.#made.length,
      op,
      inputs,
      attributes,
      shape,
      dtype,
      pulls: this.#pulls,
    };
    this.#made.push(made);
    return made;
  }

  #valueOf(node: NodeId): ForwardValue {
    let value = this.#forward.get(node);
    if (!value) {
      const { shape, dtype } = this.recording.graph.node(node);
      value = { kind: 'forward', node, shape, dtype };
      this.#forward.set(node, value);
    }
    return value;
  }
}
