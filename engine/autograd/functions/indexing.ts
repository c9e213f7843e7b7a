import { composite } from '../../ops/composite/composite.ts';
import { leadsInto } from '../../ops/indexing/gather.ts';
import { laneDimension, laneShape } from '../../ops/lane.ts';
import { ArgumentError, ShapeError, describeValue } from '../../tensor/errors.ts';
import { dimensionOf, showShape } from '../../tensor/shape.ts';
import { apply } from '../apply.ts';
import { type TensorLike, asTensor } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import { operand } from './arguments.ts';
import { indexFor } from './index-arguments.ts';
import { flatten, permute, reshape } from './shape.ts';
import { type IndexEntry, resolve } from './advanced-index.ts';

/**
 * The slices of x along a dimension at the places that `index` lists, in its order.
 * @param index [K]; negative places count from the end.
 * @returns x's shape, with K along `dim`; a scalar stays one.
 */
export function indexSelect(x: TensorLike, dim: number, index: TensorLike): Tensor {
  const tensor = operand('indexSelect', x);
  if (tensor.shape.length === 0)
    return composite('indexSelect', () => reshape(indexSelect(reshape(tensor, [1]), dim, index), []));
  const d = dimensionOf('indexSelect', dim, tensor.shape.length);
  const chosen = indexFor('indexSelect', index, `dimension ${d}`, tensor.shape[d]!);
  if (chosen.shape.length !== 1)
    throw new ShapeError(`indexSelect: the index must be a list, not of shape ${showShape(chosen.shape)}.`);
  return apply('indexSelect', [tensor, chosen], { dim: d });
}

/**
 * For each element of `index` the element of x at the same place, but along `dim` at the place that it says.
 * @param index as many dimensions as x, none longer except `dim`; the result has its shape.
 */
export function gather(x: TensorLike, dim: number, index: TensorLike): Tensor {
  const tensor = operand('gather', x);
  const d = laneDimension('gather', dim, tensor.shape.length);
  const chosen = indexFor('gather', index, `dimension ${d}`, laneShape(tensor.shape)[d]!);
  return apply('gather', [tensor, chosen], { dim: d });
}

/**
 * x, to which each element of `src` is added at its own place, but along `dim` at the place that `index` says.
 * @param index as many dimensions as x, none longer except `dim`.
 * @param src at least as large as `index` along each dimension; what is beyond it is left out.
 */
export function scatterAdd(x: TensorLike, dim: number, index: TensorLike, src: TensorLike): Tensor {
  const tensor = operand('scatterAdd', x);
  const { shape } = tensor;
  const d = laneDimension('scatterAdd', dim, shape.length);
  const chosen = indexFor('scatterAdd', index, `dimension ${d}`, laneShape(shape)[d]!);
  const added = asTensor(src, tensor, 'scatterAdd');
  leadsInto('scatterAdd', chosen.shape, shape, d);
  if (added.shape.length !== shape.length || chosen.shape.some((size, i) => size > added.shape[i]!)) {
    throw new ShapeError(
      `scatterAdd: src ${showShape(added.shape)} must be as large as the index ${showShape(chosen.shape)}.`,
    );
  }
  return composite('scatterAdd', () => {
    const beyond = added.shape.map((size, i) => size - chosen.shape[i]!);
    const pads = beyond.reverse().flatMap((size) => [0, 0 - size]);
    const used = pads.every((size) => size === 0) ? added : apply('pad', [added], { pads, value: 0 });
    return apply('add', [tensor, apply('scatterSum', [used, chosen], { dim: d, shape })]);
  });
}

/**
 * The rows of a table, for every index one.
 * @param weight [V, D]
 * @param indices [...], whole numbers
 * @returns [..., D]
 */
export function embedding(weight: TensorLike, indices: TensorLike): Tensor {
  const table = operand('embedding', weight);
  if (table.shape.length !== 2)
    throw new ShapeError(`embedding: the weight must be a table [V, D], not of shape ${showShape(table.shape)}.`);
  const chosen = indexFor('embedding', indices, 'a table', table.shape[0]!);
  return composite('embedding', () => apply('indexSelect', [table, chosen], { dim: 0 }));
}

/** The elements at places that count all elements of x as one row; the result has the shape of `indices`. */
export function take(x: TensorLike, indices: TensorLike): Tensor {
  const tensor = operand('take', x);
  const chosen = indexFor('take', indices, 'a tensor', tensor.size);
  return composite('take', () => apply('indexSelect', [flatten(tensor), chosen], { dim: 0 }));
}

/**
 * Advanced indexing, `x[entries]` of PyTorch: for each dimension whole numbers, or null for all of it; a mask (bool) stands
 * for as many dimensions as it has. What is chosen broadcasts, and takes the place of its dimensions, or the first place
 * when there is a null between them.
 * @throws ShapeError when there are more entries than dimensions, a place does not exist, or a mask does not fit.
 */
export function index(x: TensorLike, entries: readonly IndexEntry[]): Tensor {
  const tensor = operand('index', x);
  if (!Array.isArray(entries))
    throw new ArgumentError(
      `index: takes a list with an entry for each dimension, such as index([0]) or index([null, [0, 1]]), not ${describeValue(entries)}.`,
    );
  const { order, merged, dim, chosen } = resolve(tensor.shape, entries);
  if (chosen === null) return tensor;
  return composite('index', () => {
    const arranged = order.every((d, i) => d === i) ? tensor : permute(tensor, order);
    const flat = merged.length === tensor.shape.length ? arranged : reshape(arranged, merged);
    return apply('indexSelect', [flat, chosen], { dim });
  });
}
