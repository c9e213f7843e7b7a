import { type DType, type TypedArray, allocate } from '../dtype.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { type Operand, broadcastIndices } from './broadcast.ts';
import { type Simd, aligned, simd } from './simd.ts';

interface Product {
  readonly a: Operand;
  readonly b: Operand;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly shape: Shape;
  readonly dtype: DType;
}

interface Geometry {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** For each matrix of the result, which of `a` and of `b` it is made of. */
  readonly ofA: ArrayLike<number>;
  readonly ofB: ArrayLike<number>;
}

/** Below this many multiplications a plain loop is done before the operands are copied. */
const worthVectors = 64;

/** Matrix products of a [..., m, k] and b [..., k, n] with broadcast leading dimensions; a transposed operand is stored the other way round. */
export function matmul(
  a: Operand,
  b: Operand,
  transposeA: boolean,
  transposeB: boolean,
  shape: Shape,
  dtype: DType,
): TypedArray {
  const product = { a, b, transposeA, transposeB, shape, dtype };
  const batch = shape.slice(0, -2);
  const geometry = {
    m: shape.at(-2)!,
    n: shape.at(-1)!,
    k: a.shape.at(transposeA ? -2 : -1)!,
    ofA: broadcastIndices(a.shape.slice(0, -2), batch),
    ofB: broadcastIndices(b.shape.slice(0, -2), batch),
  };
  const { m, n, k } = geometry;
  const kind = { float32: Float32Array, float64: Float64Array, int32: null, bool: null }[dtype];
  if (simd && m * n * k >= worthVectors && kind && a.data instanceof kind && b.data instanceof kind)
    return vectorMatmul(product, geometry, simd);
  return plainMatmul(product, geometry);
}

/** The reference, and what runs where there is no WebAssembly. Sums are kept in float64 whatever the dtype. */
function plainMatmul(
  { a, b, transposeA, transposeB, shape, dtype }: Product,
  { m, n, k, ofA, ofB }: Geometry,
): TypedArray {
  const [rowOfA, columnOfA] = transposeA ? [1, m] : [k, 1];
  const out = allocate(dtype, sizeOf(shape));
  const row = new Float64Array(n);
  for (let i = 0; i < ofA.length; i++) {
    const fromB = ofB[i]! * k * n;
    for (let r = 0; r < m; r++) {
      let at = ofA[i]! * m * k + r * rowOfA;
      row.fill(0);
      for (let c = 0; c < k; c++, at += columnOfA) {
        const x = a.data[at]!;
        if (transposeB) for (let j = 0; j < n; j++) row[j]! += x * b.data[fromB + j * k + c]!;
        else for (let j = 0; j < n; j++) row[j]! += x * b.data[fromB + c * n + j]!;
      }
      out.set(row, (i * m + r) * n);
    }
  }
  return out;
}

function vectorMatmul(
  { a, b, transposeA, transposeB, shape, dtype }: Product,
  { m, n, k, ofA, ofB }: Geometry,
  memory: Simd,
): TypedArray {
  const { kernels, base } = memory;
  const single = dtype === 'float32';
  const bytes = single ? 4 : 8;
  const size = sizeOf(shape);
  const atB = aligned(base + a.data.length * bytes);
  const atC = aligned(atB + b.data.length * bytes);
  const packed = aligned(atC + size * bytes);
  memory.reserve(packed + kernels.packedBytes() - base);
  const view = single ? memory.f32 : memory.f64;
  view.set(a.data, base / bytes);
  view.set(b.data, atB / bytes);
  const multiply = single ? kernels.matmulF32 : kernels.matmulF64;
  for (let i = 0; i < ofA.length; i++) {
    const fromA = base + ofA[i]! * m * k * bytes;
    const fromB = atB + ofB[i]! * k * n * bytes;
    multiply(fromA, fromB, atC + i * m * n * bytes, packed, m, k, n, Number(transposeA), Number(transposeB));
  }
  return view.slice(atC / bytes, atC / bytes + size);
}
