import { type DType, type TypedArray, allocate } from '../dtype.ts';
import { ShapeError } from '../errors.ts';
import { type Shape, sizeOf, stridesOf } from '../shape.ts';
import { copy } from './layout.ts';

/**
 * Indices counted from the front, from ones that may count from the end (−1 is the last).
 * @param where what they lead into, for the message: `dimension 1`.
 * @throws ShapeError naming the op, the index and how far indices go.
 */
export function placesOf(op: string, index: ArrayLike<number>, where: string, size: number): Int32Array {
  const places = new Int32Array(index.length);
  for (let i = 0; i < index.length; i++) {
    const given = index[i]!;
    const place = given < 0 ? given + size : given;
    if (!Number.isInteger(given)) throw new ShapeError(`${op}: index ${given} is no whole number.`);
    if (place < 0 || place >= size) {
      const range = size === 0 ? 'there is none' : `indices go from 0 to ${size - 1}, or from −1 back to −${size}`;
      throw new ShapeError(`${op}: index ${given} is out of range for ${where} of size ${size}: ${range}.`);
    }
    places[i] = place;
  }
  return places;
}

/** Whether `placesOf` has nothing against them. */
export function arePlaces(index: ArrayLike<number>, size: number): boolean {
  for (let i = 0; i < index.length; i++) {
    const given = index[i]!;
    if (!Number.isInteger(given) || given < -size || given >= size) return false;
  }
  return true;
}

/** Where the class of the i-th of all samples stands, in scores of so many classes with `inner` elements behind each. */
export const classPlace = (i: number, index: number, classes: number, inner: number): number =>
  (Math.floor(i / inner) * classes + index) * inner + (i % inner);

/** Ones at the classes of samples, zeros elsewhere. Null when some index is no class. */
export function oneHot(index: ArrayLike<number>, shape: Shape, dim: number): Float64Array | null {
  const classes = shape[dim]!;
  const inner = sizeOf(shape.slice(dim + 1));
  const content = new Float64Array(sizeOf(shape));
  for (let i = 0; i < index.length; i++) {
    const given = index[i]!;
    if (!Number.isInteger(given) || given < 0 || given >= classes) return null;
    content[classPlace(i, given, classes, inner)] = 1;
  }
  return content;
}

/** `data` at places. */
export function pick(data: TypedArray, places: Int32Array, dtype: DType): TypedArray {
  const out = allocate(dtype, places.length);
  for (let i = 0; i < places.length; i++) out[i] = data[places[i]!]!;
  return out;
}

/** Zeros with `data` added at places. */
export function put(data: TypedArray, places: Int32Array, size: number, dtype: DType): TypedArray {
  const out = allocate(dtype, size);
  for (let i = 0; i < places.length; i++) out[places[i]!]! += data[i]!;
  return out;
}

/** For every element of an index of shape `shape`, where in a tensor of shape `whole` it leads along `dim`. */
export function placesAlong(places: Int32Array, shape: Shape, whole: Shape, dim: number): Int32Array {
  const found = new Int32Array(places.length);
  const strides = stridesOf(whole);
  const step = strides[dim]!;
  const counter = new Int32Array(shape.length);
  let index = 0;
  for (let i = 0; i < found.length; i++) {
    found[i] = index + places[i]! * step;
    for (let d = shape.length - 1; d >= 0; d--) {
      const stride = d === dim ? 0 : strides[d]!;
      index += stride;
      if (++counter[d]! < shape[d]!) break;
      index -= stride * shape[d]!;
      counter[d] = 0;
    }
  }
  return found;
}

/** The slices of a tensor at places along `dim`, in the order of the places. */
export function select(data: TypedArray, shape: Shape, dim: number, places: Int32Array, dtype: DType): TypedArray {
  const inner = sizeOf(shape.slice(dim + 1));
  const outer = sizeOf(shape.slice(0, dim));
  const out = allocate(dtype, outer * places.length * inner);
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < places.length; i++)
      copy(data, (o * shape[dim]! + places[i]!) * inner, out, (o * places.length + i) * inner, inner);
  return out;
}

/** The transpose of `select`: zeros of shape `shape` with each slice of `data` added at its place. */
export function collect(data: TypedArray, shape: Shape, dim: number, places: Int32Array, dtype: DType): TypedArray {
  const inner = sizeOf(shape.slice(dim + 1));
  const outer = sizeOf(shape.slice(0, dim));
  const out = allocate(dtype, sizeOf(shape));
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < places.length; i++) {
      const from = (o * places.length + i) * inner;
      const to = (o * shape[dim]! + places[i]!) * inner;
      for (let j = 0; j < inner; j++) out[to + j]! += data[from + j]!;
    }
  }
  return out;
}
