import type { NodeId } from '../base/brand.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import type { Algebra } from '../autograd/algebra.ts';
import { type OpName, ops } from '../ops/index.ts';
import { resultShape, resultType } from '../ops/result.ts';
import type { DType } from '../tensor/dtype.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { type Shape, sameShape } from '../tensor/shape.ts';

interface Typed {
  readonly shape: Shape;
  readonly dtype: DType;
}

/**
 * A tensor as the ops it is made of, each with its attributes and the shape of its result: what a rule does before any number
 * is put in. Unlike an expression it knows over which dimensions a sum runs. Parts are shared where the rule shares them.
 */
export type Applied =
  /** What a node of the trace holds. */
  | (Typed & { readonly kind: 'value'; readonly node: NodeId })
  /** The gradient of the loss with respect to a node. */
  | (Typed & { readonly kind: 'gradient'; readonly node: NodeId })
  /** A number of a rule; numbers of the program are values. */
  | (Typed & { readonly kind: 'number'; readonly value: number })
  /** What has a name of its own, and what it means. */
  | (Typed & {
      readonly kind: 'called';
      readonly name: string;
      readonly of: readonly Applied[];
      readonly means: Applied;
    })
  | AppliedOp;

export type AppliedOp = Typed & {
  readonly kind: 'op';
  readonly op: OpName;
  readonly inputs: readonly Applied[];
  readonly attributes: Attributes;
};

/** Makes formulas where other algebras make numbers. Sums and repetitions that leave a shape as it is are left out. */
export const appliedAlgebra: Algebra<Applied> = {
  apply(op, inputs, attributes = {}) {
    const shape = resultShape(ops[op]!, inputs, attributes);
    const [first] = inputs;
    if (movesNothing.has(op) && sameShape(first!.shape, shape)) return first!;
    return { kind: 'op', op, inputs, attributes, shape, dtype: resultType(ops[op]!, inputs) };
  },
  number: (value, dtype) => ({ kind: 'number', value, shape: [], dtype }),
};

/** Where the shape stays, so does every element. (A sum that keeps the shape is over dimensions of one element.) */
const movesNothing: ReadonlySet<string> = new Set(['reshape', 'expand', 'sum']);

export const valueOf = (graph: PassGraph, node: NodeId): Applied => {
  const { shape, dtype } = graph.node(node);
  return { kind: 'value', node, shape, dtype };
};

export const gradientOf = (graph: PassGraph, node: NodeId): Applied => {
  const { shape, dtype } = graph.node(node);
  return { kind: 'gradient', node, shape, dtype };
};

export const called = (name: string, of: readonly Applied[], means: Applied): Applied => ({
  kind: 'called',
  name,
  of,
  means,
  shape: means.shape,
  dtype: means.dtype,
});
