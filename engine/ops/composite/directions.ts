import { type TensorLike, asTensor } from '../../autograd/create.ts';
import { together } from '../../autograd/functions/arguments.ts';
import { optionsOf } from '../../autograd/options.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { broadcastShapes, sameShape } from '../../tensor/shape.ts';
import { composite } from './composite.ts';

/** x divided by its p-norm along `dim`; by `eps` where the norm is smaller. */
const directed = (x: Tensor, p: number, dim: number, eps: number): Tensor =>
  x.div(x.norm({ p, dim, keepdim: true }).clamp(eps));

/** x / max(‖x‖ₚ, eps) along `dim`: vectors of length 1. The zero vector stays what it is. */
export const normalize = (
  x: TensorLike,
  options?: { readonly p?: number; readonly dim?: number; readonly eps?: number },
): Tensor =>
  composite('normalize', () => {
    const { p, dim, eps } = optionsOf('normalize', options, { p: 2, dim: 1, eps: 1e-12 });
    return directed(asTensor(x), p, dim, eps);
  });

/**
 * Cosine of the angle between x and y along `dim`, which goes; no norm is taken smaller than `eps`. The two broadcast, and
 * `dim` is one of the common shape.
 */
export const cosineSimilarity = (
  x: TensorLike,
  y: TensorLike,
  options?: { readonly dim?: number; readonly eps?: number },
): Tensor =>
  composite('cosineSimilarity', () => {
    const { dim, eps } = optionsOf('cosineSimilarity', options, { dim: 1, eps: 1e-8 });
    const given = together('cosineSimilarity', x, y);
    const shape = broadcastShapes('cosineSimilarity', given[0].shape, given[1].shape);
    const [a, b] = given.map((one) => (sameShape(one.shape, shape) ? one : one.expand(shape))) as [Tensor, Tensor];
    return directed(a, 2, dim, eps)
      .mul(directed(b, 2, dim, eps))
      .sum(dim);
  });
