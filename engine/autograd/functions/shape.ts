import { ArgumentError, ShapeError } from '../../tensor/errors.ts';
import { dimensionOf, sameShape, showShape, sizeOf } from '../../tensor/shape.ts';
import { apply } from '../apply.ts';
import { type TensorLike, asTensor } from '../create.ts';
import { Tensor } from '../tensor.ts';
import { type Numbers, listed } from './numbers.ts';
import { type Dims, operand, unary } from './arguments.ts';

/** The same values, cut off from the gradient. */
export const detach = unary('detach');

/** Swaps two dimensions, the last two unless told otherwise. For other orders there is `permute`. */
export function transpose(x: TensorLike, dim0 = -2, dim1 = -1): Tensor {
  if (Array.isArray(dim0))
    throw new ShapeError(
      `transpose: swaps two dimensions, transpose(0, 1); for the order ${showShape(dim0 as readonly number[])} write permute.`,
    );
  return apply('transpose', [operand('transpose', x)], { dim0, dim1 });
}

/** The dimensions in another order: dimension i of the result is dimension `dims[i]` of x. @throws ShapeError unless each is named once */
export const permute = (x: TensorLike, ...dims: Numbers): Tensor =>
  apply('permute', [operand('permute', x)], { dims: listed(dims) });

/** The same elements in another shape; one size may be −1. @throws ShapeError when their number differs */
export const reshape = (x: TensorLike, ...shape: Numbers): Tensor =>
  apply('reshape', [operand('reshape', x)], { shape: listed(shape) });

/** Repeats dimensions of size 1, and adds leading ones, up to `shape`, where −1 stands for the size that is there. */
export function expand(x: TensorLike, ...shape: Numbers): Tensor {
  const tensor = operand('expand', x);
  const sizes = listed(shape);
  const added = sizes.length - tensor.shape.length;
  const wanted = sizes.map((size, i) => (size === -1 ? (tensor.shape[i - added] ?? -1) : size));
  return apply('expand', [tensor], { shape: wanted });
}

/** Puts a dimension of size 1 before dimension `dim`; −1 puts it last. */
export function unsqueeze(x: TensorLike, dim: number): Tensor {
  const tensor = operand('unsqueeze', x);
  const at = dimensionOf('unsqueeze', dim, tensor.shape.length + 1);
  return reshape(tensor, [...tensor.shape.slice(0, at), 1, ...tensor.shape.slice(at)]);
}

/** Without dimension `dim` (or those listed, or all when null) where its size is 1; others stay. */
export function squeeze(x: TensorLike, dim: Dims = null): Tensor {
  const tensor = operand('squeeze', x);
  const { shape } = tensor;
  const chosen = dim === null ? null : [dim].flat().map((d) => dimensionOf('squeeze', d, Math.max(1, shape.length)));
  return reshape(
    tensor,
    shape.filter((size, i) => size !== 1 || chosen?.includes(i) === false),
  );
}

/** Dimensions `startDim` to `endDim` (inclusive) as one; a scalar as one element. */
export function flatten(x: TensorLike, startDim = 0, endDim = -1): Tensor {
  const tensor = operand('flatten', x);
  const shape = tensor.shape.length === 0 ? [1] : tensor.shape;
  const start = dimensionOf('flatten', startDim, shape.length);
  const end = dimensionOf('flatten', endDim, shape.length);
  if (end < start) throw new ShapeError(`flatten: dimension ${startDim} comes after dimension ${endDim}.`);
  const merged = sizeOf(shape.slice(start, end + 1));
  return reshape(tensor, [...shape.slice(0, start), merged, ...shape.slice(end + 1)]);
}

/** Joins tensors along a dimension that they have. Empty vectors, [0], are left out, as in PyTorch. @throws ShapeError when other sizes differ */
export function cat(parts: readonly TensorLike[], dim = 0): Tensor {
  const tensors = listOf('cat', parts);
  const filled = tensors.filter(({ shape }) => !(shape.length === 1 && shape[0] === 0));
  // Beside vectors it is a vector like any other, and has a gradient.
  const left = filled.length === 0 || filled[0]!.shape.length === 1 ? tensors : filled;
  return apply('cat', left, { dim });
}

/** Joins tensors of one shape along a new dimension. @throws ShapeError when their shapes differ */
export function stack(parts: readonly TensorLike[], dim = 0): Tensor {
  const tensors = listOf('stack', parts);
  const [first] = tensors;
  if (!first) throw new ShapeError('stack: needs at least one tensor.');
  const other = tensors.find(({ shape }) => !sameShape(shape, first.shape));
  if (other)
    throw new ShapeError(
      `stack: shapes ${showShape(first.shape)} and ${showShape(other.shape)} differ; they must be the same. See cat().`,
    );
  const at = dimensionOf('stack', dim, first.shape.length + 1);
  return cat(
    tensors.map((tensor) => unsqueeze(tensor, at)),
    at,
  );
}

/** @throws ArgumentError for tensors that are in no list. */
function listOf(name: string, parts: unknown): Tensor[] {
  if (!Array.isArray(parts)) throw new ArgumentError(`${name}: tensors go in a list: ${name}([a, b], 0).`);
  const like = (parts as readonly unknown[]).find((part) => part instanceof Tensor);
  return (parts as readonly TensorLike[]).map((part) => asTensor(part, like, name));
}
