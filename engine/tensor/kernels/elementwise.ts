import { type TypedArray, type DType, allocate } from '../dtype.ts';
import { type Shape, sameShape, sizeOf, stridesOf } from '../shape.ts';

/** A tensor's content as a kernel sees it. */
export interface Operand {
  readonly data: TypedArray;
  readonly shape: Shape;
}

/**
 * For every element of `shape`, the index into a tensor of shape `from` that broadcasting pairs with it.
 * One counter per dimension instead of a division per element.
 */
export function broadcastIndices(from: Shape, shape: Shape): Int32Array {
  const size = sizeOf(shape);
  const indices = new Int32Array(size);
  const rank = shape.length;
  const own = stridesOf(from);
  const strides = shape.map((_, i) => {
    const at = i - (rank - from.length);
    return at < 0 || from[at] === 1 ? 0 : own[at]!;
  });
  const counter = new Int32Array(rank);
  let index = 0;
  for (let i = 0; i < size; i++) {
    indices[i] = index;
    for (let d = rank - 1; d >= 0; d--) {
      index += strides[d]!;
      if (++counter[d]! < shape[d]!) break;
      index -= strides[d]! * shape[d]!;
      counter[d] = 0;
    }
  }
  return indices;
}

/** Applies a function of numbers to each element of tensors that broadcast to `shape`. */
export function elementwise(
  f: (...numbers: number[]) => number,
  operands: readonly Operand[],
  shape: Shape,
  dtype: DType,
): TypedArray {
  const size = sizeOf(shape);
  const out = allocate(dtype, size);
  const [a, b] = operands;
  if (operands.length === 1 && a) {
    for (let i = 0; i < size; i++) out[i] = f(a.data[i]!);
  } else if (operands.length === 2 && a && b) {
    binary(f, a, b, shape, out);
  } else {
    const indices = operands.map((operand) => broadcastIndices(operand.shape, shape));
    for (let i = 0; i < size; i++) out[i] = f(...operands.map((operand, k) => operand.data[indices[k]![i]!]!));
  }
  return out;
}

function binary(f: (...numbers: number[]) => number, a: Operand, b: Operand, shape: Shape, out: TypedArray): void {
  const size = out.length;
  if (sameShape(a.shape, b.shape)) for (let i = 0; i < size; i++) out[i] = f(a.data[i]!, b.data[i]!);
  else if (b.data.length === 1) for (let i = 0; i < size; i++) out[i] = f(a.data[i]!, b.data[0]!);
  else if (a.data.length === 1) for (let i = 0; i < size; i++) out[i] = f(a.data[0]!, b.data[i]!);
  else {
    const p = broadcastIndices(a.shape, shape);
    const q = broadcastIndices(b.shape, shape);
    for (let i = 0; i < size; i++) out[i] = f(a.data[p[i]!]!, b.data[q[i]!]!);
  }
}
