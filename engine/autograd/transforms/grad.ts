import { GradientError } from '../../tensor/errors.ts';
import { showShape } from '../../tensor/shape.ts';
import type { TensorLike } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import { type TensorFunction, evaluateAt, pullbackOf } from './differentiate.ts';

export interface GradOptions {
  /** Which argument to differentiate with respect to, counted from 0. Default 0. */
  readonly argument?: number;
}

/**
 * The derivative of a function that returns a scalar, as a function of the same arguments: its result has the shape of the
 * argument. Nests: `grad(grad(f))` is the second derivative. Zeros where the function does not depend on the argument.
 * @throws GradientError when the function returns no scalar.
 */
export const grad =
  (f: TensorFunction, options: GradOptions = {}) =>
  (...inputs: readonly TensorLike[]): Tensor =>
    valueAndGrad(f, options)(...inputs).gradient;

/** The same with the value, which costs nothing more. */
export const valueAndGrad =
  (f: TensorFunction, { argument = 0 }: GradOptions = {}) =>
  (...inputs: readonly TensorLike[]): { readonly value: Tensor; readonly gradient: Tensor } => {
    const evaluated = evaluateAt('grad', f, inputs);
    const { output } = evaluated;
    if (output.size !== 1) {
      throw new GradientError(
        `grad: the function returned shape ${showShape(output.shape)}; it must return a scalar. Use jacobian for more.`,
      );
    }
    const own = evaluated.inputs[argument];
    if (!own) throw new GradientError(`grad: there is no argument ${argument}; there are ${inputs.length}.`);
    return { value: output, gradient: pullbackOf({ inputs: [own], output }, null)[0]! };
  };
