import { type TypedArray } from '../dtype.ts';
import { type Shape, sizeOf, stridesOf } from '../shape.ts';

const emptyLike = (data: TypedArray, size: number): TypedArray =>
  new (data.constructor as new (size: number) => TypedArray)(size);

/** Reads `data` in a pattern of strides: transposes, slices and broadcasts are all this. */
export function gatherStrided(data: TypedArray, shape: Shape, strides: readonly number[], start: number): TypedArray {
  const out = emptyLike(data, sizeOf(shape));
  const counter = new Int32Array(shape.length);
  let index = start;
  for (let i = 0; i < out.length; i++) {
    out[i] = data[index]!;
    for (let d = shape.length - 1; d >= 0; d--) {
      index += strides[d]!;
      if (++counter[d]! < shape[d]!) break;
      index -= strides[d]! * shape[d]!;
      counter[d] = 0;
    }
  }
  return out;
}

export function transpose(data: TypedArray, shape: Shape, p: number, q: number): TypedArray {
  const swap = <T>(list: readonly T[]): T[] => list.map((item, i) => (i === p ? list[q]! : i === q ? list[p]! : item));
  return gatherStrided(data, swap(shape), swap(stridesOf(shape)), 0);
}

/** Joins tensors along a dimension; all other sizes agree. */
export function cat(parts: readonly { readonly data: TypedArray; readonly shape: Shape }[], dim: number): TypedArray {
  const first = parts[0]!;
  const inner = sizeOf(first.shape.slice(dim + 1));
  const outer = sizeOf(first.shape.slice(0, dim));
  const widths = parts.map((part) => part.shape[dim]! * inner);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const out = emptyLike(first.data, outer * total);
  let at = 0;
  parts.forEach(({ data }, k) => {
    const width = widths[k]!;
    for (let o = 0; o < outer; o++) out.set(data.subarray(o * width, (o + 1) * width), o * total + at);
    at += width;
  });
  return out;
}

/** Puts `data` (of shape `part`) into zeros of shape `whole` along `dim`, from `start` in steps of `step`: what a slice left out. */
export function embed(
  data: TypedArray,
  part: Shape,
  whole: Shape,
  dim: number,
  start: number,
  step: number,
): TypedArray {
  const out = emptyLike(data, sizeOf(whole));
  const inner = sizeOf(whole.slice(dim + 1));
  const outer = sizeOf(whole.slice(0, dim));
  const count = part[dim]!;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < count; i++) {
      const from = (o * count + i) * inner;
      out.set(data.subarray(from, from + inner), (o * whole[dim]! + start + i * step) * inner);
    }
  }
  return out;
}
