import { type TensorLike, asTensor } from '../../autograd/create.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { composite } from './composite.ts';

/**
 * x shifted so that its largest element along `dim` is 0. The shift cancels in both functions below, so it is
 * detached: exponentials cannot overflow, and the gradient is that of the plain formula.
 */
const shifted = (x: Tensor, dim: number): Tensor => x.sub(x.max(dim, true).detach());

/** e^x / Σ e^x along `dim`. */
export const softmax = (x: TensorLike, dim = -1): Tensor =>
  composite('softmax', () => {
    const grown = shifted(asTensor(x, undefined, 'softmax'), dim).exp();
    return grown.div(grown.sum(dim, true));
  });

/** x − ln Σ e^x along `dim`. */
export const logSoftmax = (x: TensorLike, dim = -1): Tensor =>
  composite('logSoftmax', () => {
    const z = shifted(asTensor(x, undefined, 'logSoftmax'), dim);
    return z.sub(z.exp().sum(dim, true).log());
  });
