import { type DType, type TypedArray, allocate } from '../dtype.ts';
import { type Shape, sizeOf, stridesOf } from '../shape.ts';

const emptyLike = (data: TypedArray, size: number): TypedArray =>
  new (data.constructor as new (size: number) => TypedArray)(size);

/** From so many neighbours on, a block copy is quicker than a loop. */
const block = 32;

/** Copies `count` neighbours. */
export function copy(data: TypedArray, from: number, out: TypedArray, to: number, count: number): void {
  if (count >= block) out.set(data.subarray(from, from + count), to);
  else for (let i = 0; i < count; i++) out[to + i] = data[from + i]!;
}

/** Reads `data` in a pattern of strides, some of which may be 0 or negative: transposes, slices, flips and broadcasts are all this. */
export function gatherStrided(data: TypedArray, shape: Shape, strides: readonly number[], start: number): TypedArray {
  const out = emptyLike(data, sizeOf(shape));
  const last = shape.length - 1;
  const count = last < 0 ? 1 : shape[last]!;
  const step = last < 0 ? 0 : strides[last]!;
  const counter = new Int32Array(Math.max(0, last));
  let index = start;
  for (let i = 0; i < out.length; i += count) {
    if (step === 1) copy(data, index, out, i, count);
    else for (let j = 0, at = index; j < count; j++, at += step) out[i + j] = data[at]!;
    for (let d = last - 1; d >= 0; d--) {
      index += strides[d]!;
      if (++counter[d]! < shape[d]!) break;
      index -= strides[d]! * shape[d]!;
      counter[d] = 0;
    }
  }
  return out;
}

/** Dimension i of the result is dimension `dims[i]` of the tensor. */
export function permute(data: TypedArray, shape: Shape, dims: readonly number[]): TypedArray {
  const strides = stridesOf(shape);
  return gatherStrided(
    data,
    dims.map((d) => shape[d]!),
    dims.map((d) => strides[d]!),
    0,
  );
}

/** A tensor of shape `from`, repeated along what broadcasting to `shape` adds. */
export function expand(data: TypedArray, from: Shape, shape: Shape): TypedArray {
  const strides = stridesOf(from);
  const added = shape.length - from.length;
  const repeated = shape.map((_, i) => (i < added || from[i - added] === 1 ? 0 : strides[i - added]!));
  return gatherStrided(data, shape, repeated, 0);
}

/** Dimensions listed read backwards. */
export function flip(data: TypedArray, shape: Shape, dims: readonly number[]): TypedArray {
  const strides = stridesOf(shape);
  const start = dims.reduce((sum, d) => sum + Math.max(0, shape[d]! - 1) * strides[d]!, 0);
  return gatherStrided(
    data,
    shape,
    strides.map((stride, d) => (dims.includes(d) ? -stride : stride)),
    start,
  );
}

/** Elements moved on by `shift` along a dimension; those that leave at its end come in at its start. */
export function roll(data: TypedArray, shape: Shape, dim: number, shift: number): TypedArray {
  const size = shape[dim]!;
  const inner = sizeOf(shape.slice(dim + 1));
  const out = emptyLike(data, data.length);
  const moved = size === 0 ? 0 : (((shift % size) + size) % size) * inner;
  for (let start = 0; start < data.length; start += size * inner) {
    copy(data, start, out, start + moved, size * inner - moved);
    copy(data, start + size * inner - moved, out, start, moved);
  }
  return out;
}

/** Joins tensors along a dimension; all other sizes agree. */
export function cat(
  parts: readonly { readonly data: TypedArray; readonly shape: Shape }[],
  dim: number,
  dtype: DType,
): TypedArray {
  const first = parts[0]!;
  const inner = sizeOf(first.shape.slice(dim + 1));
  const outer = sizeOf(first.shape.slice(0, dim));
  const widths = parts.map((part) => part.shape[dim]! * inner);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const out = allocate(dtype, outer * total);
  let at = 0;
  parts.forEach(({ data }, k) => {
    const width = widths[k]!;
    for (let o = 0; o < outer; o++) copy(data, o * width, out, o * total + at, width);
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
    const to = (o * whole[dim]! + start) * inner;
    if (step === 1) copy(data, o * count * inner, out, to, count * inner);
    else for (let i = 0; i < count; i++) copy(data, (o * count + i) * inner, out, to + i * step * inner, inner);
  }
  return out;
}

/** A tensor moved by `before` along each dimension into a block of shape `shape` that is full of `value`; what falls outside is lost. */
export function pad(data: TypedArray, from: Shape, shape: Shape, before: readonly number[], value: number): TypedArray {
  const out = emptyLike(data, sizeOf(shape)).fill(value);
  const kept = shape.map((size, d) => Math.max(0, Math.min(size, before[d]! + from[d]!) - Math.max(0, before[d]!)));
  const [read, write] = [stridesOf(from), stridesOf(shape)];
  const first = (strides: readonly number[], sign: number): number =>
    strides.reduce((sum, stride, d) => sum + Math.max(0, sign * before[d]!) * stride, 0);
  const last = shape.length - 1;
  const rows = sizeOf(kept.slice(0, -1));
  const counter = new Int32Array(Math.max(0, last));
  let [index, to] = [first(read, -1), first(write, 1)];
  for (let row = 0; row < rows; row++) {
    copy(data, index, out, to, kept[last] ?? 1);
    for (let d = last - 1; d >= 0; d--) {
      index += read[d]!;
      to += write[d]!;
      if (++counter[d]! < kept[d]!) break;
      index -= read[d]! * kept[d]!;
      to -= write[d]! * kept[d]!;
      counter[d] = 0;
    }
  }
  return out;
}
