import { type DType, type TypedArray, allocate } from '../dtype.ts';
import type { Operand } from './broadcast.ts';
import { matmul } from './matmul.ts';
import { canConvolve, vectorConv2d, vectorConv2dInput, vectorConv2dWeight } from './vector-convolution.ts';

/** Two numbers, for height and width. */
export type Pair = readonly [number, number];

/** Where a convolution's windows lie: x is [images, channels, …size], w [filters, channels / groups, …kernel], y [images, filters, …out]. */
export interface Geometry {
  readonly images: number;
  readonly channels: number;
  readonly filters: number;
  readonly groups: number;
  readonly size: Pair;
  readonly kernel: Pair;
  readonly out: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly dilation: Pair;
}

/** How columns are laid out: the element of image n, row r (a channel's place in the window) and place p is at n·image + r·row + p. */
export interface Layout {
  readonly image: number;
  readonly row: number;
}

/** The outputs `from` to `to` along an axis for which one place of the window is inside x, not in the padding; `offset`: where output 0 reads. */
function inside(g: Geometry, axis: 0 | 1, place: number): { from: number; to: number; offset: number } {
  const offset = place * g.dilation[axis] - g.padding[axis];
  const to = Math.min(g.out[axis], Math.floor((g.size[axis] - 1 - offset) / g.stride[axis]) + 1);
  return { from: Math.max(0, Math.ceil(-offset / g.stride[axis])), to, offset };
}

/** `count` images of x from the `first`, written as columns; or, `back`, columns added to where they come from. */
function move(
  x: TypedArray,
  columns: TypedArray,
  g: Geometry,
  first: number,
  count: number,
  layout: Layout,
  back: boolean,
): void {
  const [height, width] = g.size;
  const [down, across] = g.stride;
  const rows = Array.from({ length: g.kernel[0] }, (_, k) => inside(g, 0, k));
  const places = Array.from({ length: g.kernel[1] }, (_, k) => inside(g, 1, k));
  for (let n = 0; n < count; n++) {
    let row = n * layout.image;
    for (let c = 0; c < g.channels; c++) {
      const plane = ((first + n) * g.channels + c) * height * width;
      for (const { from, to, offset } of rows) {
        for (const { from: left, to: right, offset: shift } of places) {
          for (let i = from; i < to; i++) {
            let at = plane + (i * down + offset) * width + left * across + shift;
            let place = row + i * g.out[1] + left;
            const end = row + i * g.out[1] + right;
            if (back) for (; place < end; place++, at += across) x[at]! += columns[place]!;
            else for (; place < end; place++, at += across) columns[place] = x[at]!;
          }
          row += layout.row;
        }
      }
    }
  }
}

/** The windows of some images as the columns of a matrix; zeros where they hang over the edge. */
export function im2col(
  x: TypedArray,
  columns: TypedArray,
  g: Geometry,
  first: number,
  count: number,
  layout: Layout,
): void {
  if (g.padding[0] > 0 || g.padding[1] > 0) columns.fill(0);
  move(x, columns, g, first, count, layout, false);
}

/** Adds columns to the places that `im2col` takes them from. */
export function col2im(
  columns: TypedArray,
  x: TypedArray,
  g: Geometry,
  first: number,
  count: number,
  layout: Layout,
): void {
  move(x, columns, g, first, count, layout, true);
}

const rowsOf = (g: Geometry): number => g.channels * g.kernel[0] * g.kernel[1];
const placesOf = (g: Geometry): number => g.out[0] * g.out[1];

/** So many numbers of columns are made at once: they are read while they are still in a usual second-level cache. */
const atOnce = 2 ** 16;

/** Calls `part` for stretches of the batch with few columns, but at least `least` images. */
function inTurns(g: Geometry, least: number, part: (first: number, count: number) => void): void {
  const turn = Math.max(1, least, Math.floor(atOnce / Math.max(1, rowsOf(g) * placesOf(g))));
  for (let first = 0; first < g.images; first += turn) part(first, Math.min(turn, g.images - first));
}

/** Space for columns, used again by the next turn and the next call. */
const scratch: { float32: TypedArray; float64: TypedArray } = {
  float32: new Float32Array(0),
  float64: new Float64Array(0),
};

function columnsFor(dtype: DType, size: number): TypedArray {
  const kind = dtype === 'float64' ? 'float64' : 'float32';
  if (scratch[kind].length < size) scratch[kind] = allocate(kind, size);
  return scratch[kind].subarray(0, size);
}

/** y [N, G, O/G, P] = w [G, O/G, R] · columns [N, G, R, P]: as the columns of an image lie group by group, groups are a batch dimension. */
export function conv2d(x: Operand, w: Operand, g: Geometry, dtype: DType): TypedArray {
  if (canConvolve(x, w)) return vectorConv2d(x, w, g);
  const [rows, places] = [rowsOf(g), placesOf(g)];
  const filters = { data: w.data, shape: [g.groups, g.filters / g.groups, rows / g.groups] };
  const out = allocate(dtype, g.images * g.filters * places);
  inTurns(g, 1, (first, count) => {
    const data = columnsFor(dtype, count * rows * places);
    im2col(x.data, data, g, first, count, { image: rows * places, row: places });
    const columns = { data, shape: [count, g.groups, rows / g.groups, places] };
    const shape = [count, g.groups, g.filters / g.groups, places];
    out.set(matmul(filters, columns, false, false, shape, dtype), first * g.filters * places);
  });
  return out;
}

/** The transpose of `conv2d` in x: columns = wᵀ · y, put back where they came from. */
export function conv2dInput(y: Operand, w: Operand, g: Geometry, dtype: DType): TypedArray {
  if (canConvolve(y, w)) return vectorConv2dInput(y, w, g);
  const [rows, places] = [rowsOf(g), placesOf(g)];
  const filters = { data: w.data, shape: [g.groups, g.filters / g.groups, rows / g.groups] };
  const out = allocate(dtype, g.images * g.channels * g.size[0] * g.size[1]);
  inTurns(g, 1, (first, count) => {
    const data = y.data.subarray(first * g.filters * places, (first + count) * g.filters * places);
    const made = { data, shape: [count, g.groups, g.filters / g.groups, places] };
    const shape = [count, g.groups, rows / g.groups, places];
    const columns = matmul(filters, made, true, false, shape, dtype);
    col2im(columns, out, g, first, count, { image: rows * places, row: places });
  });
  return out;
}

/** The transpose of `conv2d` in w: y · columnsᵀ, summed over images by laying some side by side, so that sums are long. */
export function conv2dWeight(x: Operand, y: Operand, g: Geometry, dtype: DType): TypedArray {
  if (canConvolve(x, y)) return vectorConv2dWeight(x, y, g);
  const [rows, places] = [rowsOf(g), placesOf(g)];
  const shape = [g.groups, g.filters / g.groups, rows / g.groups];
  const out = allocate(dtype, (g.filters * rows) / g.groups);
  inTurns(g, Math.ceil(256 / Math.max(1, places)), (first, count) => {
    const data = columnsFor(dtype, count * rows * places);
    im2col(x.data, data, g, first, count, { image: places, row: count * places });
    const columns = { data, shape: [g.groups, rows / g.groups, count * places] };
    const beside = { data: sideBySide(y.data, g, first, count), shape: [g.groups, shape[1]!, count * places] };
    const part = matmul(beside, columns, false, true, shape, dtype);
    for (let i = 0; i < out.length; i++) out[i]! += part[i]!;
  });
  return out;
}

/** [count, filters, places] as [filters, count, places]. */
function sideBySide(y: TypedArray, g: Geometry, first: number, count: number): TypedArray {
  const places = placesOf(g);
  const start = first * g.filters * places;
  if (count === 1) return y.subarray(start, start + g.filters * places);
  const out = y.slice(start, start + count * g.filters * places);
  for (let n = 0; n < count; n++)
    for (let f = 0; f < g.filters; f++) {
      const from = start + (n * g.filters + f) * places;
      out.set(y.subarray(from, from + places), (f * count + n) * places);
    }
  return out;
}
