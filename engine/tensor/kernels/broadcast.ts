import type { TypedArray } from '../dtype.ts';
import { type Shape, sizeOf, stridesOf } from '../shape.ts';

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
