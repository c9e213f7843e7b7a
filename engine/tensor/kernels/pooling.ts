import { type DType, type TypedArray, allocate } from '../dtype.ts';
import { type Shape, sizeOf } from '../shape.ts';
import type { Pair } from './convolution.ts';

/** Where the windows over the last two dimensions lie. */
export interface Windows {
  readonly size: Pair;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly out: Pair;
}

/** The part of a window that is inside x: `from` to `to` along each axis. */
function eachWindow(
  { size, kernel, stride, padding, out }: Windows,
  visit: (place: number, top: number, bottom: number, left: number, right: number) => void,
): void {
  for (let i = 0; i < out[0]; i++) {
    const top = i * stride[0] - padding[0];
    const bottom = Math.min(top + kernel[0], size[0]);
    for (let j = 0; j < out[1]; j++) {
      const left = j * stride[1] - padding[1];
      visit(i * out[1] + j, Math.max(0, top), bottom, Math.max(0, left), Math.min(left + kernel[1], size[1]));
    }
  }
}

/** For every window of every plane, the place in x of its largest element: the first of equals, row by row; NaN beats all. */
export function largest(x: TypedArray, shape: Shape, windows: Windows): Int32Array {
  const { size, kernel, padding, out } = windows;
  const [planes, places] = [sizeOf(shape.slice(0, -2)), out[0] * out[1]];
  const found = new Int32Array(planes * places);
  const usual = kernel[0] === 2 && kernel[1] === 2 && padding[0] === 0 && padding[1] === 0;
  const search = usual ? largestOfFour : largestInPlane;
  for (let plane = 0; plane < planes; plane++) search(x, plane * size[0] * size[1], windows, found, plane * places);
  return found;
}

function largestInPlane(x: TypedArray, start: number, windows: Windows, found: Int32Array, to: number): void {
  const width = windows.size[1];
  eachWindow(windows, (place, top, bottom, left, right) => {
    let at = start + top * width + left;
    let best = x[at]!;
    for (let i = top; i < bottom; i++) {
      for (let k = start + i * width + left; k < start + i * width + right; k++) {
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

const elements = ({ kernel }: Windows, countIncludePad: boolean, inside: number): number =>
  countIncludePad ? kernel[0] * kernel[1] : inside;

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
    eachWindow(windows, (place, top, bottom, left, right) => {
      let sum = 0;
      for (let i = top; i < bottom; i++)
        for (let k = start + i * width + left; k < start + i * width + right; k++) sum += x[k]!;
      out[plane * places + place] = sum / elements(windows, countIncludePad, (bottom - top) * (right - left));
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
    eachWindow(windows, (place, top, bottom, left, right) => {
      const inside = (bottom - top) * (right - left);
      const share = g[plane * places + place]! / elements(windows, countIncludePad, inside);
      for (let i = top; i < bottom; i++)
        for (let k = start + i * width + left; k < start + i * width + right; k++) out[k]! += share;
    });
  }
  return out;
}
