import { ShapeError } from '../../tensor/errors.ts';
import { type Shape, dimensionOf, sizeOf } from '../../tensor/shape.ts';
import { apply } from '../apply.ts';
import { type TensorLike, asTensor } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import { type Dims, unary } from './arguments.ts';

/** The same values, cut off from the gradient. */
export const detach = unary('detach');

/** Swaps two dimensions, the last two unless told otherwise. */
export const transpose = (x: TensorLike, dim0 = -2, dim1 = -1): Tensor =>
  apply('transpose', [asTensor(x)], { dim0, dim1 });

/** The dimensions in another order: dimension i of the result is dimension `dims[i]` of x. @throws ShapeError unless each is named once */
export const permute = (x: TensorLike, dims: readonly number[]): Tensor => apply('permute', [asTensor(x)], { dims });

/** The same elements in another shape; one size may be −1. @throws ShapeError when their number differs */
export const reshape = (x: TensorLike, shape: Shape): Tensor => apply('reshape', [asTensor(x)], { shape });

/** Repeats dimensions of size 1, and adds leading ones, up to `shape`, where −1 stands for the size that is there. */
export function expand(x: TensorLike, shape: Shape): Tensor {
  const tensor = asTensor(x);
  const added = shape.length - tensor.shape.length;
  const wanted = shape.map((size, i) => (size === -1 ? (tensor.shape[i - added] ?? -1) : size));
  return apply('expand', [tensor], { shape: wanted });
}

/** Puts a dimension of size 1 before dimension `dim`; −1 puts it last. */
export function unsqueeze(x: TensorLike, dim: number): Tensor {
  const tensor = asTensor(x);
  const at = dimensionOf('unsqueeze', dim, tensor.shape.length + 1);
  return reshape(tensor, [...tensor.shape.slice(0, at), 1, ...tensor.shape.slice(at)]);
}

/** Without dimension `dim` (or those listed, or all when null) where its size is 1; others stay. */
export function squeeze(x: TensorLike, dim: Dims = null): Tensor {
  const tensor = asTensor(x);
  const { shape } = tensor;
  const chosen = dim === null ? null : [dim].flat().map((d) => dimensionOf('squeeze', d, Math.max(1, shape.length)));
  return reshape(
    tensor,
    shape.filter((size, i) => size !== 1 || chosen?.includes(i) === false),
  );
}

/** Dimensions `startDim` to `endDim` (inclusive) as one; a scalar as one element. */
export function flatten(x: TensorLike, startDim = 0, endDim = -1): Tensor {
  const tensor = asTensor(x);
  const shape = tensor.shape.length === 0 ? [1] : tensor.shape;
  const start = dimensionOf('flatten', startDim, shape.length);
  const end = dimensionOf('flatten', endDim, shape.length);
  if (end < start) throw new ShapeError(`flatten: dimension ${startDim} comes after dimension ${endDim}.`);
  const merged = sizeOf(shape.slice(start, end + 1));
  return reshape(tensor, [...shape.slice(0, start), merged, ...shape.slice(end + 1)]);
}

/** Joins tensors along a dimension that they have. @throws ShapeError when other sizes differ */
export const cat = (parts: readonly TensorLike[], dim = 0): Tensor =>
  apply(
    'cat',
    parts.map((part) => asTensor(part)),
    { dim },
  );

/** Joins tensors of one shape along a new dimension. */
export function stack(parts: readonly TensorLike[], dim = 0): Tensor {
  if (parts.length === 0) throw new ShapeError('stack: needs at least one tensor.');
  return cat(
    parts.map((part) => unsqueeze(part, dim)),
    dim,
  );
}
