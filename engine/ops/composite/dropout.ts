import { type TensorLike, asTensor, nextSeed } from '../../autograd/create.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { defaultDtype, isFloat } from '../../tensor/dtype.ts';
import { uniforms } from '../../tensor/random.ts';
import { composite } from './composite.ts';
import { constant } from './constant.ts';

export interface DropoutOptions {
  /** Default true; without it x stays what it is. */
  readonly training?: boolean;
  /** Decides which elements go. Without one, each call of a program takes the next of a fixed sequence. */
  readonly seed?: number;
}

/**
 * Sets each element to 0 with probability p, and multiplies the others by 1 / (1 − p), so that the expectation stays
 * (Srivastava et al. 2014).
 * @throws RangeError for a p outside [0, 1].
 */
export function dropout(x: TensorLike, p = 0.5, { training = true, seed }: DropoutOptions = {}): Tensor {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`dropout: p must be from 0 to 1, not ${p}.`);
  const input = asTensor(x);
  if (!training || p === 0) return input;
  return composite('dropout', () => {
    const scale = p === 1 ? 0 : 1 / (1 - p);
    const factors = uniforms(seed ?? nextSeed(), input.size).map((drawn) => (drawn < p ? 0 : scale));
    return input.mul(constant(factors, input.shape, isFloat(input.dtype) ? input.dtype : defaultDtype()));
  });
}
