import type { NodeId } from '../base/brand.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import type { Shaped } from '../autograd/algebra.ts';
import type { DType } from '../tensor/dtype.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { BackwardGraph, BackwardOp, BackwardValue } from './backward-graph.ts';

/** A value that a gradient is made of: of the forward pass or of the backward one. What is computed twice is one term. */
export interface Term extends Shaped {
  readonly kind: 'leaf' | 'number' | 'op';
  readonly op: string;
  readonly attributes: Attributes;
  readonly inputs: readonly Term[];
  /** Of a number. */
  readonly value: number;
  /** Whose value it is, for a leaf and for what the author named. */
  readonly node: NodeId | null;
  /** Whose gradient it is, of several the first that the author named. */
  gradientOf: NodeId | null;
}

/** Everything that one gradient depends on, each before what uses it, the gradient itself last. */
export function termsOf(backward: BackwardGraph, target: NodeId): readonly Term[] {
  return new TermMaker(backward).terms(target);
}

class TermMaker {
  readonly #graph: PassGraph;
  readonly #terms: Term[] = [];
  readonly #places = new Map<Term, number>();
  readonly #byKey = new Map<string, Term>();
  readonly #ofNode = new Map<NodeId, Term>();
  readonly #ofOp = new Map<BackwardOp, Term>();

  constructor(readonly backward: BackwardGraph) {
    this.#graph = backward.recording.graph;
  }

  terms(target: NodeId): readonly Term[] {
    const result = this.backward.gradients.get(target)!;
    const { nodes, ops } = this.#needed(result);
    for (const id of [...nodes].sort((a, b) => a - b)) this.#ofNode.set(id, this.#forward(id));
    for (const op of [...ops].sort((a, b) => a.id - b.id)) this.#ofOp.set(op, this.#backward(op));
    for (const [id, op] of this.backward.gradients) this.#label(id, op);
    // What was made once may be the result and a part of it; the result is what stands last.
    const last = this.#ofOp.get(result)!;
    return [...this.#terms.filter((term) => term !== last), last];
  }

  #needed(result: BackwardOp): { nodes: Set<NodeId>; ops: Set<BackwardOp> } {
    const ops = new Set([result]);
    const nodes = new Set<NodeId>();
    for (const { inputs } of ops) {
      for (const input of inputs) {
        if (input.kind === 'op') ops.add(input);
        else if (input.kind === 'forward') nodes.add(input.node);
      }
    }
    for (const id of nodes) for (const input of this.#graph.node(id).inputs) nodes.add(input);
    return { nodes, ops };
  }

  #forward(id: NodeId): Term {
    const { op, kind, inputs, attributes, name, value, shape, dtype } = this.#graph.node(id);
    if (kind === 'constant' && name === null && value.data?.length === 1)
      return this.#number(asWritten(value.data[0]!, dtype), { shape, dtype });
    if (inputs.length === 0) return this.#make({ ...nothing, kind: 'leaf', op, node: id, shape, dtype });
    const named = name === null ? null : id;
    const made = inputs.map((input) => this.#ofNode.get(input)!);
    // Only the backward pass could tell the difference, and it has been taken already.
    if (op === 'detach' && named === null) return made[0]!;
    return this.#share({ ...nothing, kind: 'op', op, attributes, inputs: made, node: named, shape, dtype });
  }

  #backward(op: BackwardOp): Term {
    const { shape, dtype, attributes } = op;
    const inputs = op.inputs.map((input) => this.#read(input));
    if (op.op === 'seed') return this.#number(1, { shape, dtype });
    if (op.op === 'same') return inputs[0]!;
    return this.#share({ ...nothing, kind: 'op', op: op.op, attributes, inputs, shape, dtype });
  }

  #read(value: BackwardValue): Term {
    if (value.kind === 'op') return this.#ofOp.get(value)!;
    return value.kind === 'forward' ? this.#ofNode.get(value.node)! : this.#number(value.value, value);
  }

  #label(id: NodeId, op: BackwardOp): void {
    const term = this.#ofOp.get(op);
    if (!term || term.kind !== 'op' || term.node !== null) return;
    if (term.gradientOf === null || this.#graph.node(term.gradientOf).name === null) term.gradientOf = id;
  }

  #number(value: number, { shape, dtype }: Shaped): Term {
    return this.#share({ ...nothing, kind: 'number', op: 'number', value, shape, dtype });
  }

  /** The same op of the same terms is the same term, except that each of the author's names stands for itself. */
  #share(term: Term): Term {
    const places = term.inputs.map((input) => this.#places.get(input)!);
    const key = JSON.stringify([term.op, term.attributes, places, String(term.value), term.shape, term.dtype]);
    const known = this.#byKey.get(key);
    if (known && term.node === null) return known;
    if (!known) this.#byKey.set(key, term);
    return this.#make(term);
  }

  #make(term: Term): Term {
    this.#places.set(term, this.#terms.length);
    this.#terms.push(term);
    return term;
  }
}

const nothing = { attributes: {}, inputs: [], value: NaN, node: null, gradientOf: null } as const;

/** The shortest number that is this one in its dtype: what the author wrote, before it was rounded. */
function asWritten(x: number, dtype: DType): number {
  if (dtype !== 'float32' || !Number.isFinite(x)) return x;
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(x.toPrecision(digits));
    if (Math.fround(short) === x) return short;
  }
  return x;
}

/** Whether a shape means nothing to an elementwise op. */
export const isSingle = ({ shape }: Shaped): boolean => sizeOf(shape) === 1;
