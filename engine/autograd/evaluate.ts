import type { Expression } from '../expression/expression.ts';
import { type OpName, ops } from '../ops/index.ts';
import { reducedDims } from '../ops/reductions.ts';
import { sliceRange } from '../ops/shapes.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { sameShape, sizeOf } from '../tensor/shape.ts';
import { keptShape } from '../tensor/kernels/reduce.ts';
import { apply } from './apply.ts';
import { tensor } from './create.ts';
import type { Tensor } from './tensor.ts';

/** What the symbols of a rule stand for while it is evaluated. */
export interface Binding {
  readonly symbols: Readonly<Record<string, Tensor>>;
  readonly attributes: Attributes;
  /** For a variadic op: all inputs, and which one the rule is for. */
  readonly inputs: readonly Tensor[];
  readonly inputIndex: number;
}

/** Evaluates a rule with ops, so that what it makes can be differentiated again. */
export function evaluate(expression: Expression, binding: Binding): Tensor {
  switch (expression.kind) {
    case 'number':
      return tensor(expression.value, { dtype: binding.symbols['ȳ']!.dtype });
    case 'symbol':
      return binding.symbols[expression.name]!;
    case 'call':
      return evaluateCall(expression.fn, expression.args, binding);
    default:
      throw new Error(`A rule cannot hold a ${expression.kind}.`);
  }
}

function evaluateCall(fn: string, args: readonly Expression[], binding: Binding): Tensor {
  const [first, second] = args;
  // Multiplying by the constant derivatives of add and sub would cost a kernel for nothing.
  if (fn === 'mul' && first && second?.kind === 'number') {
    if (second.value === 1) return evaluate(first, binding);
    if (second.value === -1) return evaluate(first, binding).neg();
  }
  const tensors = args.map((argument) => evaluate(argument, binding));
  const special = structural[fn];
  if (special) return special(tensors, binding);
  if (!(fn in ops)) throw new Error(`A rule uses ${fn}, which is no op.`);
  return apply(fn as OpName, tensors);
}

/** The functions of rules that need to know shapes or the op's attributes. Described in `expression.ts`. */
const structural: Readonly<Record<string, (tensors: readonly Tensor[], binding: Binding) => Tensor>> = {
  sumLike: ([g, x]) => {
    if (sameShape(g!.shape, x!.shape)) return g!;
    const added = g!.shape.length - x!.shape.length;
    const dims = g!.shape.flatMap((size, i) => (i < added || (x!.shape[i - added] === 1 && size !== 1) ? [i] : []));
    return g!.sum(dims, true).reshape(x!.shape);
  },
  expandLike: ([g, x], { attributes }) =>
    g!.reshape(keptShape(x!.shape, reducedDims('sum', x!.shape.length, attributes))).expand(x!.shape),
  reshapeLike: ([g, x]) => g!.reshape(x!.shape),
  mT: ([x]) => x!.transpose(-2, -1),
  count: ([x, y]) => tensor(sizeOf(x!.shape) / Math.max(1, sizeOf(y!.shape)), { dtype: y!.dtype }),
  share: ([x, y], binding) => {
    const { dim = null } = binding.attributes;
    const hits = x!.equal(structural.expandLike!([y!, x!], binding)).mul(tensor(1, { dtype: y!.dtype }));
    return hits.div(hits.sum(dim as readonly number[] | null, true));
  },
  transposeBack: ([g], { attributes }) => g!.transpose(Number(attributes.dim0), Number(attributes.dim1)),
  embedLike: ([g, x], { attributes }) => {
    const { dim, start, step } = sliceRange(x!.shape, attributes);
    return apply('embed', [g!], { shape: x!.shape, dim, start, step });
  },
  sliceBack: ([g, x], { attributes: { dim, start, step } }) => {
    const length = (x!.shape[Number(dim)]! - 1) * Number(step) + 1;
    return g!.slice(Number(dim), Number(start), Number(start) + length, Number(step));
  },
  partOf: ([g], { attributes, inputs, inputIndex }) => {
    const rank = g!.shape.length;
    const dim = Number(attributes.dim) < 0 ? Number(attributes.dim) + rank : Number(attributes.dim);
    const start = inputs.slice(0, inputIndex).reduce((total, input) => total + input.shape[dim]!, 0);
    return g!.slice(dim, start, start + inputs[inputIndex]!.shape[dim]!);
  },
};
