import { composite } from '../../ops/composite/composite.ts';
import { ArgumentError, ShapeError, describeValue } from '../../tensor/errors.ts';
import { placesOf } from '../../tensor/kernels/indexing.ts';
import { dimensionOf, showShape } from '../../tensor/shape.ts';
import { apply } from '../apply.ts';
import type { TensorLike } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import { operand } from './arguments.ts';
import { reshape } from './shape.ts';

/** Elements `start` to `end` (exclusive; null is the end) of dimension `dim`, every `step`th. Negative places count from the end. */
export function slice(x: TensorLike, dim: number, start: number, end: number | null = null, step = 1): Tensor {
  if (typeof dim !== 'number' || start === undefined)
    throw new ArgumentError(
      `slice: takes a dimension, a start and an end, slice(dim, start, end), not ${describeValue(dim)}${start === undefined ? ' alone' : ''}.`,
    );
  return apply('slice', [operand('slice', x)], { dim, start, end, step });
}

/** What lies at `index` of dimension `dim`, without that dimension. @throws ShapeError when there is no such index */
export function select(x: TensorLike, dim: number, index: number): Tensor {
  const tensor = operand('select', x);
  const d = dimensionOf('select', dim, tensor.shape.length);
  const [place] = placesOf('select', [index], `dimension ${d}`, tensor.shape[d]!);
  return composite('select', () =>
    reshape(
      slice(tensor, d, place!, place! + 1),
      tensor.shape.filter((_, i) => i !== d),
    ),
  );
}

/** Parts of `size` elements along a dimension, the last of which may be smaller; or parts of the sizes listed. */
export function split(x: TensorLike, size: number | readonly number[], dim = 0): Tensor[] {
  const tensor = operand('split', x);
  const d = dimensionOf('split', dim, tensor.shape.length);
  const length = tensor.shape[d]!;
  const sizes = typeof size === 'number' ? equalParts(length, size) : size;
  if (sizes.some((part) => !Number.isInteger(part) || part < 0) || sizes.reduce((a, b) => a + b, 0) !== length) {
    const wanted = typeof size === 'number' ? `parts of ${size}` : `parts ${showShape(size)}`;
    throw new ShapeError(`split: ${wanted} do not make up the ${length} elements of dimension ${d}.`);
  }
  let start = 0;
  return sizes.map((part) => slice(tensor, d, start, (start += part)));
}

/** `chunks` parts along a dimension: all of the same size, but for the last. Fewer when there is not enough. */
export function chunk(x: TensorLike, chunks: number, dim = 0): Tensor[] {
  const tensor = operand('chunk', x);
  const length = tensor.shape[dimensionOf('chunk', dim, tensor.shape.length)]!;
  if (!Number.isInteger(chunks) || chunks < 1)
    throw new ShapeError(`chunk: needs a whole number of chunks from 1, not ${chunks}.`);
  return split(tensor, Math.max(1, Math.ceil(length / chunks)), dim);
}

/** The parts of size 1 along a dimension, without that dimension. */
export function unbind(x: TensorLike, dim = 0): Tensor[] {
  const tensor = operand('unbind', x);
  const length = tensor.shape[dimensionOf('unbind', dim, tensor.shape.length)]!;
  return Array.from({ length }, (_, i) => select(tensor, dim, i));
}

/** Nothing is one part of nothing, as in PyTorch. */
function equalParts(length: number, size: number): number[] {
  if (!Number.isInteger(size) || size < 1) return [NaN];
  return Array.from({ length: Math.max(1, Math.ceil(length / size)) }, (_, i) => Math.min(size, length - i * size));
}
