import { runtime } from '../../tensor/current-runtime.ts';
import { ArgumentError, GradientError, ShapeError, describeValue } from '../../tensor/errors.ts';
import { sameShape, showShape } from '../../tensor/shape.ts';
import { type TensorLike, asTensor, tensor, zeros } from '../create.ts';
import { enableGrad, isRecording } from '../grad-mode.ts';
import { reshape } from '../functions/shape.ts';
import { Tensor } from '../tensor.ts';
import { isFloat } from '../../tensor/dtype.ts';

/** A function of tensors that gives one tensor. */
export type TensorFunction = (...inputs: Tensor[]) => Tensor;

/** A function evaluated at a point, with what it was evaluated at. */
export interface Evaluated {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
}

/** @throws ArgumentError for one tensor where a list of them is wanted. */
export function requireList(name: string, what: string, given: unknown): void {
  if (Array.isArray(given)) return;
  const shown = given instanceof Tensor ? 'a tensor: write [x]' : describeValue(given);
  throw new ArgumentError(`${name}: ${what} are a list, one for each argument of the function, not ${shown}.`);
}

/** @throws ArgumentError for anything else: who knows `torch.autograd.grad(loss, w)` hands over a loss. */
export function requireFunction(name: string, f: unknown): void {
  if (typeof f === 'function') return;
  const mended =
    f instanceof Tensor
      ? ` Write the loss as a function of what it depends on, ${name}(f)(w), or call backward().`
      : '';
  throw new ArgumentError(
    `${name}: the first argument is a function of tensors, not ${f instanceof Tensor ? 'a tensor' : describeValue(f)}.${mended}`,
  );
}

/**
 * Evaluates a function so that it can be differentiated with respect to its arguments alone. An argument that requires a
 * gradient already stays connected to what it came from: a transform within a transform differentiates both.
 * @throws GradientError when an argument is no float.
 */
export function evaluateAt(name: string, f: TensorFunction, inputs: readonly TensorLike[]): Evaluated {
  requireFunction(name, f);
  return enableGrad(() => {
    const own = inputs.map((input) => {
      const given = asTensor(input);
      if (!isFloat(given.dtype))
        throw new GradientError(`${name}: cannot differentiate with respect to ${given.dtype}.`);
      // A copy, so that the same tensor used inside the function counts as a constant.
      return given.requiresGrad ? reshape(given, given.shape) : tensor(given, { requiresGrad: true });
    });
    const output = f(...own);
    if (!(output instanceof Tensor)) throw new GradientError(`${name}: the function returned no tensor.`);
    return { inputs: own, output };
  });
}

/**
 * Vector–Jacobian products: the gradients of `Σ upstream ⊙ output` with respect to the inputs, zeros where an input has no
 * part in it. Differentiable again, unless recording is off.
 */
export function pullbackOf({ inputs, output }: Evaluated, upstream: Tensor | null): Tensor[] {
  const none = (input: Tensor): Tensor => zeros(input.shape, { dtype: input.dtype });
  if (!output.requiresGrad) return inputs.map(none);
  const found = runtime().differentiate(
    output.handle,
    upstream?.handle ?? null,
    inputs.map(({ handle }) => handle),
    isRecording(),
  );
  return inputs.map((input, i) => {
    const gradient = found[i];
    if (!gradient) return none(input);
    const { shape, dtype } = input;
    return new Tensor(gradient.handle, { shape, dtype, requiresGrad: gradient.requiresGrad });
  });
}

/** @throws ShapeError unless a direction has the shape of what it is a direction of. */
export function direction(name: string, given: TensorLike, of: Tensor): Tensor {
  const vector = asTensor(given, of);
  if (!sameShape(vector.shape, of.shape)) {
    throw new ShapeError(
      `${name}: a vector of shape ${showShape(vector.shape)} for a tensor of shape ${showShape(of.shape)}; they must agree.`,
    );
  }
  return vector;
}
