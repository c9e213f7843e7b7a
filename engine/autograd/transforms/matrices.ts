import { sizeOf } from '../../tensor/shape.ts';
import { type TensorLike, tensor } from '../create.ts';
import { reshape, stack } from '../functions/index.ts';
import type { Tensor } from '../tensor.ts';
import { type TensorFunction, evaluateAt, pullbackOf, requireFunction } from './differentiate.ts';
import { type GradOptions, chosen, grad, gradOptions } from './grad.ts';

/**
 * All derivatives of a function, of shape [...output, ...argument]: one reverse pass for every element of the output.
 * Differentiable again.
 */
export function jacobian(f: TensorFunction, options?: GradOptions): (...inputs: readonly TensorLike[]) => Tensor {
  requireFunction('jacobian', f);
  const { argument } = gradOptions('jacobian', options);
  return (...inputs) => {
    const { inputs: own, output } = evaluateAt('jacobian', f, inputs);
    const of = chosen('jacobian', own, argument);
    const shape = [...output.shape, ...of.shape];
    const rows = Array.from({ length: output.size }, (_, i) => {
      const unit = new Float64Array(output.size);
      unit[i] = 1;
      const upstream = reshape(tensor(unit, { dtype: output.dtype }), output.shape);
      return reshape(pullbackOf({ inputs: [of], output }, upstream)[0]!, [sizeOf(of.shape)]);
    });
    return reshape(rows.length === 0 ? tensor([]) : stack(rows), shape);
  };
}

/** The second derivatives of a function that returns a scalar, of shape [...argument, ...argument]: the Jacobian of its gradient. */
export function hessian(f: TensorFunction, options?: GradOptions): (...inputs: readonly TensorLike[]) => Tensor {
  requireFunction('hessian', f);
  return jacobian(grad(f, options), options);
}
