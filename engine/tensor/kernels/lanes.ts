import { type DType, type TypedArray, allocate } from '../dtype.ts';
import { type Shape, sizeOf, stridesOf } from '../shape.ts';

/** Where the elements of a block lie, counted from its first, when neighbours along each dimension are `strides` apart. */
function offsetsOf(sizes: Shape, strides: readonly number[]): Int32Array {
  const offsets = new Int32Array(sizeOf(sizes));
  let known = 1;
  // Each further dimension repeats what is there already, shifted; the innermost goes first.
  for (let d = sizes.length - 1; d >= 0 && offsets.length > 0; d--) {
    for (let i = 1; i < sizes[d]!; i++)
      for (let k = 0; k < known; k++) offsets[i * known + k] = offsets[k]! + i * strides[d]!;
    known *= sizes[d]!;
  }
  return offsets;
}

/** The lanes of a tensor along `dims`: where each starts, and how far from there its elements are, in row-major order. */
export function lanesOf(shape: Shape, dims: readonly number[]): { starts: Int32Array; steps: Int32Array } {
  const strides = stridesOf(shape);
  const part = (chosen: boolean): Int32Array => {
    const own = shape.flatMap((_, i) => (dims.includes(i) === chosen ? [i] : []));
    return offsetsOf(
      own.map((i) => shape[i]!),
      own.map((i) => strides[i]!),
    );
  };
  return { starts: part(false), steps: part(true) };
}

/** Makes one number of each lane. The lane is one and the same array, filled anew; the function may change it. */
export function reduceLanes(
  data: TypedArray,
  shape: Shape,
  dims: readonly number[],
  dtype: DType,
  f: (lane: Float64Array) => number,
): TypedArray {
  const { starts, steps } = lanesOf(shape, dims);
  const lane = new Float64Array(steps.length);
  const out = allocate(dtype, starts.length);
  for (let i = 0; i < starts.length; i++) {
    for (let k = 0; k < steps.length; k++) lane[k] = data[starts[i]! + steps[k]!]!;
    out[i] = f(lane);
  }
  return out;
}

/** Makes as many numbers of each lane along `dim` as it has. */
export function mapLanes(
  data: TypedArray,
  shape: Shape,
  dim: number,
  dtype: DType,
  f: (lane: Float64Array, result: Float64Array) => void,
): TypedArray {
  const { starts, steps } = lanesOf(shape, [dim]);
  const [lane, result] = [new Float64Array(steps.length), new Float64Array(steps.length)];
  const out = allocate(dtype, data.length);
  for (const start of starts) {
    for (let k = 0; k < steps.length; k++) lane[k] = data[start + steps[k]!]!;
    f(lane, result);
    for (let k = 0; k < steps.length; k++) out[start + steps[k]!] = result[k]!;
  }
  return out;
}
