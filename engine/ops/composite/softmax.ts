import { type TensorLike, asTensor } from '../../autograd/create.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { laneDimension } from '../lane.ts';
import { composite } from './composite.ts';
import { pureFunction } from '../../autograd/shortcuts.ts';

/**
 * x shifted so that its largest element along `dim` is 0. The shift cancels in both functions below, so it is
 * detached: exponentials cannot overflow, and the gradient is that of the plain formula.
 */
function shifted(name: string, given: TensorLike, dim: number): Tensor {
  const x = asTensor(given, undefined, name);
  laneDimension(name, dim, x.shape.length);
  // Nothing has no largest element, and its softmax is nothing.
  return x.size === 0 ? x : x.sub(x.max(dim, true).detach());
}

/** e^x / Σ e^x along `dim`. */
export const softmax = pureFunction((x: TensorLike, dim = -1): Tensor =>
  composite('softmax', () => {
    const grown = shifted('softmax', x, dim).exp();
    return grown.div(grown.sum(dim, true));
  }),
);

/** x − ln Σ e^x along `dim`. */
export const logSoftmax = pureFunction((x: TensorLike, dim = -1): Tensor =>
  composite('logSoftmax', () => {
    const z = shifted('logSoftmax', x, dim);
    return z.sub(z.exp().sum(dim, true).log());
  }),
);
