import { ShapeError } from '../../tensor/errors.ts';
import { broadcastIndices } from '../../tensor/kernels/broadcast.ts';
import { placesOf } from '../../tensor/kernels/indexing.ts';
import { type Shape, broadcastShapes, sameShape, showShape, sizeOf, stridesOf } from '../../tensor/shape.ts';
import { type TensorLike, tensor } from '../create.ts';
import { Tensor } from '../tensor.ts';
import { constantOf, indexFor } from './index-arguments.ts';

/** What one dimension is indexed with: whole numbers, all of it, or a mask for several dimensions. */
export type IndexEntry = TensorLike | null;

/** Places along one dimension. */
interface Indexed {
  readonly axis: number;
  /** What they were given as; null where they come from a mask. */
  readonly given: Tensor | null;
  readonly places: Int32Array;
  readonly shape: Shape;
}

export interface Resolved {
  /** The order that brings the indexed dimensions together. */
  readonly order: readonly number[];
  /** The shape in that order, with the indexed dimensions as one … */
  readonly merged: Shape;
  /** … which is this one. */
  readonly dim: number;
  /** What is chosen along it; null when nothing is indexed. */
  readonly chosen: Tensor | null;
}

/** Advanced indexing as one selection along one dimension. */
export function resolve(shape: Shape, entries: readonly IndexEntry[]): Resolved {
  const indexed = indexedBy(shape, entries);
  const axes = indexed.map(({ axis }) => axis);
  const first = axes[0] ?? 0;
  const together = axes.every((axis, i) => axis === first + i);
  const rest = shape.map((_, d) => d).filter((d) => !axes.includes(d));
  const dim = together ? first : 0;
  const order = [...rest.slice(0, dim), ...axes, ...rest.slice(dim)];
  const sizes = axes.map((axis) => shape[axis]!);
  const other = rest.map((d) => shape[d]!);
  const merged = [...other.slice(0, dim), sizeOf(sizes), ...other.slice(dim)];
  return { order, merged, dim, chosen: indexed.length === 0 ? null : flatIndex(indexed, sizes) };
}

function indexedBy(shape: Shape, entries: readonly IndexEntry[]): Indexed[] {
  const indexed: Indexed[] = [];
  let axis = 0;
  for (const entry of entries) {
    const mask = entry === null ? null : asMask(entry);
    const taken = mask === null ? 1 : mask.shape.length;
    if (axis + taken > shape.length)
      throw new ShapeError(`index: there are more entries than the ${shape.length} dimensions of ${showShape(shape)}.`);
    if (mask) indexed.push(...masked(shape, axis, mask));
    else if (entry !== null) {
      const [where, size] = [`dimension ${axis}`, shape[axis]!];
      const given = indexFor('index', entry, where, size);
      indexed.push({ axis, given, places: placesOf('index', given.data, where, size), shape: given.shape });
    }
    axis += taken;
  }
  return indexed;
}

/** Arrays of true and false are masks, also where they are no tensor yet. Null for what is none. */
function asMask(entry: TensorLike): Tensor | null {
  if (entry instanceof Tensor) return entry.dtype === 'bool' ? entry : null;
  return isTruths(entry) ? tensor(entry, { dtype: 'bool' }) : null;
}

const isTruths = (content: unknown): boolean =>
  Array.isArray(content) ? isTruths((content as readonly unknown[])[0]) : typeof content === 'boolean';

/** Where a mask holds, as places along each of its dimensions. */
function masked(shape: Shape, axis: number, mask: Tensor): Indexed[] {
  const covered = shape.slice(axis, axis + mask.shape.length);
  if (!sameShape(covered, mask.shape)) {
    throw new ShapeError(
      `index: a mask of shape ${showShape(mask.shape)} does not fit dimensions of shape ${showShape(covered)}.`,
    );
  }
  const { data } = mask;
  const found = Int32Array.from(Array.from(data.keys()).filter((i) => data[i] !== 0));
  return stridesOf(covered).map((stride, i) => ({
    axis: axis + i,
    given: null,
    places: found.map((at) => Math.floor(at / stride) % covered[i]!),
    shape: [found.length],
  }));
}

/** Places along several dimensions, broadcast, as places along all of them as one. */
function flatIndex(indexed: readonly Indexed[], sizes: Shape): Tensor {
  const [only] = indexed;
  if (indexed.length === 1 && only!.given) return only!.given;
  const shape = indexed.map((one) => one.shape).reduce((a: Shape, b) => broadcastShapes('index', a, b));
  const flat = new Int32Array(sizeOf(shape));
  stridesOf(sizes).forEach((stride, k) => {
    const { places, shape: own } = indexed[k]!;
    broadcastIndices(own, shape).forEach((from, i) => (flat[i]! += places[from]! * stride));
  });
  return constantOf(flat, shape, 'int32');
}
