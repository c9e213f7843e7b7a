import { GradientError } from '../../tensor/errors.ts';
import { showShape } from '../../tensor/shape.ts';
import type { TensorLike } from '../create.ts';
import { optionsOf } from '../options.ts';
import type { Tensor } from '../tensor.ts';
import { type TensorFunction, evaluateAt, pullbackOf, requireFunction } from './differentiate.ts';

export interface GradOptions {
  /** Which argument to differentiate with respect to, counted from 0. Default 0. */
  readonly argument?: number;
}

/**
 * The derivative of a function that returns a scalar, as a function of the same arguments: its result has the shape of the
 * argument. Nests: `grad(grad(f))` is the second derivative. Zeros where the function does not depend on the argument.
 * @throws GradientError when the function returns no scalar.
 */
export function grad(f: TensorFunction, options?: GradOptions): (...inputs: readonly TensorLike[]) => Tensor {
  const both = differentiated('grad', f, options);
  return (...inputs) => both(...inputs).gradient;
}

type WithValue = (...inputs: readonly TensorLike[]) => { readonly value: Tensor; readonly gradient: Tensor };

/** The same with the value, which costs nothing more. */
export const valueAndGrad = (f: TensorFunction, options?: GradOptions): WithValue =>
  differentiated('valueAndGrad', f, options);

function differentiated(name: string, f: TensorFunction, options: GradOptions | undefined): WithValue {
  requireFunction(name, f);
  const { argument } = gradOptions(name, options);
  return (...inputs) => {
    const evaluated = evaluateAt(name, f, inputs);
    const { output } = evaluated;
    if (output.size !== 1) {
      throw new GradientError(
        `${name}: the function returned shape ${showShape(output.shape)}; it must return a scalar. Use jacobian for more.`,
      );
    }
    const own = chosen(name, evaluated.inputs, argument);
    return { value: output, gradient: pullbackOf({ inputs: [own], output }, null)[0]! };
  };
}

/** @throws ArgumentError for an option that there is not. */
export const gradOptions = (name: string, options: GradOptions | undefined): Required<GradOptions> =>
  optionsOf(name, options, { argument: 0 });

/** The argument to differentiate with respect to. @throws GradientError when there is none */
export function chosen(name: string, inputs: readonly Tensor[], argument: number): Tensor {
  const own = inputs[argument];
  if (own) return own;
  throw new GradientError(
    `${name}: there is no argument ${argument}; the function was given ${inputs.length}, from 0.`,
  );
}
