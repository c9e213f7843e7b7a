import { type TensorLike, zeros } from '../create.ts';
import { add, mul } from '../functions/arithmetic.ts';
import { sum } from '../functions/reduction.ts';
import type { Tensor } from '../tensor.ts';
import { type TensorFunction, direction, evaluateAt, pullbackOf, requireList } from './differentiate.ts';

/**
 * Vector–Jacobian product (reverse mode): the value of a function, and what turns an upstream gradient of its shape into
 * gradients of the shapes of its arguments, uᵀ·J.
 */
export function vjp(
  f: TensorFunction,
  ...inputs: readonly TensorLike[]
): { readonly value: Tensor; readonly pullback: (upstream: TensorLike) => Tensor[] } {
  const evaluated = evaluateAt('vjp', f, inputs);
  const { output } = evaluated;
  return { value: output, pullback: (upstream) => pullbackOf(evaluated, direction('vjp', upstream, output)) };
}

/**
 * Jacobian–vector product: the value of a function, and its derivative along the tangents, J·v, of the value's shape.
 * By two reverse passes: u ↦ uᵀ·J is linear in u, and its transpose is v ↦ J·v (J. Townsend, "A new trick for calculating
 * Jacobian vector products", 2017).
 */
export function jvp(
  f: TensorFunction,
  inputs: readonly TensorLike[],
  tangents: readonly TensorLike[],
): { readonly value: Tensor; readonly tangent: Tensor } {
  requireList('jvp', 'inputs', inputs);
  requireList('jvp', 'tangents', tangents);
  const evaluated = evaluateAt('jvp', f, inputs);
  const { output } = evaluated;
  const along = evaluated.inputs.map((input, i) => direction('jvp', tangents[i] ?? [], input));
  const pulled = evaluateAt(
    'jvp',
    (upstream) =>
      pullbackOf(evaluated, upstream)
        .map((gradient, i) => sum(mul(gradient, along[i]!)))
        .reduce((a, b) => add(a, b)),
    [zeros(output.shape, { dtype: output.dtype })],
  );
  return { value: output, tangent: pullbackOf(pulled, null)[0]! };
}
