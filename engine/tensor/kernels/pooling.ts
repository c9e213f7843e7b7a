import { type DType, type TypedArray, allocate } from '../dtype.ts';
import { type Shape, sizeOf } from '../shape.ts';
import type { Pair } from './convolution.ts';

/** Where the windows over the last two dimensions lie. */
export interface Windows {
  readonly size: Pair;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly dilation: Pair;
  readonly out: Pair;
}

/** One window along one axis. */
interface Span {
  /** Its places inside x: `from`, one dilation further, … below `to`. */
  readonly from: number;
  readonly to: number;
  /** How many of its places lie in x or in the padding: one that begins near the end may reach beyond both. */
  readonly places: number;
}

function spansOf({ size, kernel, stride, padding, dilation, out }: Windows, axis: 0 | 1): Span[] {
  const [end, step, edge] = [size[axis], dilation[axis], padding[axis]];
  return Array.from({ length: out[axis] }, (_, i) => {
    const start = i * stride[axis] - edge;
    return {
      from: start < 0 ? start + step * Math.ceil(-start / step) : start,
      to: Math.min(start + step * (kernel[axis] - 1) + 1, end),
      places: Math.min(kernel[axis], Math.ceil((end + edge - start) / step)),
    };
  });
}

/** The part of a window that is inside x: `top` to `bottom` and `left` to `right`; `places` with the padding. */
function eachWindow(
  windows: Windows,
  visit: (place: number, top: number, bottom: number, left: number, right: number, places: number) => void,
): void {
  const [rows, columns] = [spansOf(windows, 0), spansOf(windows, 1)];
  rows.forEach((row, i) =>
    columns.forEach((column, j) =>
      visit(i * columns.length + j, row.from, row.to, column.from, column.to, row.places * column.places),
    ),
  );
}

/** For every window of every plane, the place in x of its largest element: the first of equals, row by row; NaN beats all. */
export function largest(x: TypedArray, shape: Shape, windows: Windows): Int32Array {
  const { size, out } = windows;
  const [planes, places] = [sizeOf(shape.slice(0, -2)), out[0] * out[1]];
  const found = new Int32Array(planes * places);
  const search = isUsual(windows, 0) && isUsual(windows, 1) ? largestOfFour : largestInPlane;
  for (let plane = 0; plane < planes; plane++) search(x, plane * size[0] * size[1], windows, found, plane * places);
  return found;
}

/** Two neighbours, all of them inside x. */
const isUsual = ({ size, kernel, stride, padding, dilation, out }: Windows, axis: 0 | 1): boolean =>
  kernel[axis] === 2 && padding[axis] === 0 && dilation[axis] === 1 && (out[axis] - 1) * stride[axis] + 2 <= size[axis];

function largestInPlane(x: TypedArray, start: number, windows: Windows, found: Int32Array, to: number): void {
  const width = windows.size[1];
  const [down, across] = windows.dilation;
  eachWindow(windows, (place, top, bottom, left, right) => {
    let at = start + top * width + left;
    let best = x[at]!;
    for (let i = top; i < bottom; i += down) {
      for (let k = start + i * width + left; k < start + i * width + right; k += across) {
        const value = x[k]!;
        if (value > best || value !== value) {
          best = value;
          at = k;
        }
      }
    }
    found[to + place] = at;
  });
}

/** The usual windows, two by two without padding: six times as fast, as `Math.max` leaves nothing for the processor to guess. */
function largestOfFour(x: TypedArray, start: number, windows: Windows, found: Int32Array, to: number): void {
  const [width, [down, across], [rows, columns]] = [windows.size[1], windows.stride, windows.out];
  for (let i = 0; i < rows; i++) {
    let at = start + i * down * width;
    for (let j = 0; j < columns; j++, at += across) {
      const below = at + width;
      const a = x[at]!;
      const b = x[at + 1]!;
      const c = x[below]!;
      const d = x[below + 1]!;
      const best = Math.max(a, b, c, d);
      if (a === best) found[to++] = at;
      else if (b === best) found[to++] = at + 1;
      else if (c === best) found[to++] = below;
      else if (d === best) found[to++] = below + 1;
      else found[to++] = d !== d ? below + 1 : c !== c ? below : b !== b ? at + 1 : at;
    }
  }
}

/** The mean of every window; padding counts as zeros or not at all. */
export function average(
  x: TypedArray,
  planes: number,
  windows: Windows,
  countIncludePad: boolean,
  dtype: DType,
): TypedArray {
  const [height, width] = windows.size;
  const places = windows.out[0] * windows.out[1];
  const out = allocate(dtype, planes * places);
  for (let plane = 0; plane < planes; plane++) {
    const start = plane * height * width;
    eachWindow(windows, (place, top, bottom, left, right, padded) => {
      let sum = 0;
      for (let i = top; i < bottom; i++)
        for (let k = start + i * width + left; k < start + i * width + right; k++) sum += x[k]!;
      out[plane * places + place] = sum / (countIncludePad ? padded : (bottom - top) * (right - left));
    });
  }
  return out;
}

/** The transpose of `average`: each number is shared out over its window. */
export function spread(
  g: TypedArray,
  planes: number,
  windows: Windows,
  countIncludePad: boolean,
  dtype: DType,
): TypedArray {
  const [height, width] = windows.size;
  const places = windows.out[0] * windows.out[1];
  const out = allocate(dtype, planes * height * width);
  for (let plane = 0; plane < planes; plane++) {
    const start = plane * height * width;
    eachWindow(windows, (place, top, bottom, left, right, padded) => {
      const share = g[plane * places + place]! / (countIncludePad ? padded : (bottom - top) * (right - left));
      for (let i = top; i < bottom; i++)
        for (let k = start + i * width + left; k < start + i * width + right; k++) out[k]! += share;
    });
  }
  return out;
}
