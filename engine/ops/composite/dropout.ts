import { type TensorLike, asTensor, drawn, tensor } from '../../autograd/create.ts';
import { where } from '../../autograd/functions/comparison.ts';
import { optionsOf } from '../../autograd/options.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { defaultDtype, isFloat } from '../../tensor/dtype.ts';
import { describeValue } from '../../tensor/errors.ts';
import { composite } from './composite.ts';

export interface DropoutOptions {
  /** Default true; without it x stays what it is. */
  readonly training?: boolean;
  /** Decides which elements go. Without one, each call of a program takes the next of a fixed sequence. */
  readonly seed?: number;
}

interface DropoutSettings {
  readonly training: boolean;
  readonly seed: number | undefined;
}

/**
 * Sets each element to 0 with probability p, and multiplies the others by 1 / (1 − p), so that the expectation stays
 * (Srivastava et al. 2014).
 * @throws RangeError for a p outside [0, 1].
 */
export function dropout(x: TensorLike, p = 0.5, options?: DropoutOptions): Tensor {
  const { training, seed } = optionsOf<DropoutSettings>('dropout', options, { training: true, seed: undefined });
  if (!(p >= 0 && p <= 1)) throw new RangeError(`dropout: p must be from 0 to 1, not ${describeValue(p)}.`);
  const input = asTensor(x, undefined, 'dropout');
  if (!training || p === 0) return input;
  return composite('dropout', () => {
    const scale = p === 1 ? 0 : 1 / (1 - p);
    // In float64, so that whether an element goes does not depend on the dtype of x.
    const chances = drawn('rand', input.shape, {}, { dtype: 'float64', ...(seed === undefined ? {} : { seed }) });
    const dtype = isFloat(input.dtype) ? input.dtype : defaultDtype();
    const factors = where(chances.greaterEqual(p), tensor(scale, { dtype }), tensor(0, { dtype }));
    return input.mul(factors);
  });
}
