import { ArgumentError, describeValue } from './errors.ts';

export type DType = 'float32' | 'float64' | 'int32' | 'bool';
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

const dtypes: ReadonlySet<unknown> = new Set<DType>(['float32', 'float64', 'int32', 'bool']);
export const isDType = (value: unknown): value is DType => dtypes.has(value);

export const isFloat = (dtype: DType): boolean => dtype === 'float32' || dtype === 'float64';

export function allocate(dtype: DType, size: number): TypedArray {
  switch (dtype) {
    case 'float32':
      return new Float32Array(size);
    case 'float64':
      return new Float64Array(size);
    case 'int32':
      return new Int32Array(size);
    case 'bool':
      return new Uint8Array(size);
  }
}

/** Copies numbers into storage of a dtype, rounding as that dtype does. */
export function storageOf(dtype: DType, content: ArrayLike<number>): TypedArray {
  const storage = allocate(dtype, content.length);
  for (let i = 0; i < content.length; i++) storage[i] = dtype === 'bool' ? Number(content[i] !== 0) : content[i]!;
  return storage;
}

const widths: Readonly<Record<DType, number>> = { bool: 0, int32: 1, float32: 2, float64: 3 };

/** The dtype that holds the result of an op on both: the wider float wins, floats win over integers, integers over bool. */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  return widths[a] > widths[b] ? a : b;
}

/** To be read where a call is too dear; `defaultDtype()` is the same. */
export let standardDtype: DType = 'float32';
/** What `tensor`, `param` and the others make when they are not told. */
export const defaultDtype = (): DType => standardDtype;
/** @throws ArgumentError for whole numbers and truths, which have no gradients, and for dtypes that there are not. */
export function setDefaultDtype(dtype: 'float32' | 'float64'): void {
  if (!isDType(dtype) || !isFloat(dtype))
    throw new ArgumentError(`setDefaultDtype: takes 'float32' or 'float64', not ${describeValue(dtype)}.`);
  standardDtype = dtype;
}
