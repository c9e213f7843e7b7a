import { type DType, type TypedArray, allocate } from '../dtype.ts';
import type { Operand } from './elementwise.ts';
import { matmul } from './matmul.ts';

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
interface Columns {
  readonly image: number;
  readonly row: number;
}

/** So many numbers of columns are made at once: what a batch needs more is made in turns. */
const most = 2 ** 22;

/** For one place in the window, the outputs `from` to `to` along an axis whose window has that place inside x, not in the padding. */
function inside(g: Geometry, axis: 0 | 1, place: number): { from: number; to: number; offset: number } {
  const offset = place * g.dilation[axis] - g.padding[axis];
  const stride = g.stride[axis];
  const to = Math.min(g.out[axis], Math.floor((g.size[axis] - 1 - offset) / stride) + 1);
  return { from: Math.max(0, Math.ceil(-offset / stride)), to, offset };
}

/** Calls `visit` for every row of windows: `count` elements of x from `at` in steps of the stride, and of the columns from `to`. */
function eachRow(
  g: Geometry,
  first: number,
  count: number,
  columns: Columns,
  visit: (at: number, to: number, count: number) => void,
): void {
  const [height, width] = g.size;
  const rows = Array.from({ length: g.kernel[0] }, (_, k) => inside(g, 0, k));
  const places = Array.from({ length: g.kernel[1] }, (_, k) => inside(g, 1, k));
  for (let n = 0; n < count; n++) {
    let row = n * columns.image;
    for (let c = 0; c < g.channels; c++) {
      const plane = ((first + n) * g.channels + c) * height * width;
      for (const y of rows) {
        for (const x of places) {
          for (let i = y.from; i < y.to && x.from < x.to; i++) {
            const at = plane + (i * g.stride[0] + y.offset) * width + x.from * g.stride[1] + x.offset;
            visit(at, row + i * g.out[1] + x.from, x.to - x.from);
          }
          row += columns.row;
        }
      }
    }
  }
}

/** The windows of `count` images from the `first` as columns of a matrix; zeros where they hang over the edge. */
export function im2col(
  x: TypedArray,
  g: Geometry,
  first: number,
  count: number,
  columns: Columns,
  dtype: DType,
): TypedArray {
  const out = allocate(dtype, count * rowsOf(g) * placesOf(g));
  const stride = g.stride[1];
  eachRow(g, first, count, columns, (at, to, length) => {
    for (let j = 0; j < length; j++) out[to + j] = x[at + j * stride]!;
  });
  return out;
}

/** Adds columns to the places of `x` that `im2col` takes them from. */
export function col2im(
  data: TypedArray,
  g: Geometry,
  first: number,
  count: number,
  columns: Columns,
  x: TypedArray,
): void {
  const stride = g.stride[1];
  eachRow(g, first, count, columns, (at, to, length) => {
    for (let j = 0; j < length; j++) x[at + j * stride]! += data[to + j]!;
  });
}

const rowsOf = (g: Geometry): number => g.channels * g.kernel[0] * g.kernel[1];
const placesOf = (g: Geometry): number => g.out[0] * g.out[1];

/** Calls `part` for stretches of the batch whose columns are not too many. */
function inTurns(g: Geometry, part: (first: number, count: number) => void): void {
  const turn = Math.max(1, Math.floor(most / Math.max(1, rowsOf(g) * placesOf(g))));
  for (let first = 0; first < g.images; first += turn) part(first, Math.min(turn, g.images - first));
}

/** y [N, G, O/G, P] = w [G, O/G, R] · columns [N, G, R, P]: as the columns of an image lie group by group, groups are a batch dimension. */
export function conv2d(x: Operand, w: Operand, g: Geometry, dtype: DType): TypedArray {
  const [rows, places, group] = [rowsOf(g), placesOf(g), g.filters / g.groups];
  const out = allocate(dtype, g.images * g.filters * places);
  inTurns(g, (first, count) => {
    const data = im2col(x.data, g, first, count, { image: rows * places, row: places }, dtype);
    const columns = { data, shape: [count, g.groups, rows / g.groups, places] };
    const filters = { data: w.data, shape: [g.groups, group, rows / g.groups] };
    const shape = [count, g.groups, group, places];
    out.set(matmul(filters, columns, false, false, shape, dtype), first * g.filters * places);
  });
  return out;
}

/** The transpose of `conv2d` in x: columns = wᵀ · y, put back where they came from. */
export function conv2dInput(y: Operand, w: Operand, g: Geometry, dtype: DType): TypedArray {
  const [rows, places, group] = [rowsOf(g), placesOf(g), g.filters / g.groups];
  const out = allocate(dtype, g.images * g.channels * g.size[0] * g.size[1]);
  const filters = { data: w.data, shape: [g.groups, group, rows / g.groups] };
  inTurns(g, (first, count) => {
    const data = y.data.subarray(first * g.filters * places, (first + count) * g.filters * places);
    const shape = [count, g.groups, rows / g.groups, places];
    const columns = matmul(filters, { data, shape: [count, g.groups, group, places] }, true, false, shape, dtype);
    col2im(columns, g, first, count, { image: rows * places, row: places }, out);
  });
  return out;
}

/** The transpose of `conv2d` in w: y · columnsᵀ, summed over the batch by laying the images side by side. */
export function conv2dWeight(x: Operand, y: Operand, g: Geometry, dtype: DType): TypedArray {
  const [rows, places] = [rowsOf(g), placesOf(g)];
  const shape = [g.groups, g.filters / g.groups, rows / g.groups];
  const out = allocate(dtype, (g.filters * rows) / g.groups);
  inTurns(g, (first, count) => {
    const data = im2col(x.data, g, first, count, { image: places, row: count * places }, dtype);
    const columns = { data, shape: [g.groups, rows / g.groups, count * places] };
    const beside = { data: sideBySide(y.data, g, first, count), shape: [g.groups, shape[1]!, count * places] };
    const part = matmul(beside, columns, false, true, shape, dtype);
    if (first === 0) out.set(part);
    else for (let i = 0; i < out.length; i++) out[i]! += part[i]!;
  });
  return out;
}

/** [count, filters, places] as [filters, count, places]. */
function sideBySide(y: TypedArray, g: Geometry, first: number, count: number): TypedArray {
  const places = placesOf(g);
  const start = first * g.filters * places;
  const out = y.slice(start, start + count * g.filters * places);
  if (count === 1) return out;
  for (let n = 0; n < count; n++)
    for (let f = 0; f < g.filters; f++) {
      const from = start + (n * g.filters + f) * places;
      out.set(y.subarray(from, from + places), (f * count + n) * places);
    }
  return out;
}
