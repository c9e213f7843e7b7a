// C = A·B in tiles of 4 rows by two vectors. Of B, two vectors' width of columns at a time is packed, so that the inner
// loop reads it along memory whatever way it is stored; A is read where it lies, with any strides.

/** Rows of B that are packed at once: with 8 columns of float32 they fill a quarter of a usual first-level cache. */
const depth: i32 = 256;

// @ts-ignore: a decorator of AssemblyScript
@inline
function pack<T>(b: usize, packed: usize, k: i32, columns: i32, rowStride: usize, columnStride: usize): void {
  const width = <i32>(32 / sizeof<T>());
  for (let c: i32 = 0; c < width; c++) {
    let from = b + <usize>c * columnStride;
    let to = packed + <usize>c * sizeof<T>();
    if (c < columns) {
      for (let p: i32 = 0; p < k; p++) {
        store<T>(to, load<T>(from));
        from += rowStride;
        to += 32;
      }
    } else {
      for (let p: i32 = 0; p < k; p++) {
        store<T>(to, <T>0);
        to += 32;
      }
    }
  }
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function packRows<T>(b: usize, packed: usize, k: i32, rowStride: usize): void {
  for (let p: i32 = 0; p < k; p++) {
    v128.store(packed, v128.load(b));
    v128.store(packed, v128.load(b, 16), 16);
    b += rowStride;
    packed += 32;
  }
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function put<T>(c: usize, low: v128, high: v128, columns: i32, more: bool): void {
  const width = <i32>(32 / sizeof<T>());
  if (columns >= width) {
    if (more) {
      low = v128.add<T>(low, v128.load(c));
      high = v128.add<T>(high, v128.load(c, 16));
    }
    v128.store(c, low);
    v128.store(c, high, 16);
    return;
  }
  v128.store(tail, low);
  v128.store(tail, high, 16);
  for (let i: usize = 0; i < <usize>columns; i++) {
    const at = i * sizeof<T>();
    store<T>(c + at, more ? load<T>(c + at) + load<T>(tail + at) : load<T>(tail + at));
  }
}

const tail: usize = memory.data(32, 16);

// @ts-ignore: a decorator of AssemblyScript
@inline
function multiply<T>(
  a: usize, b: usize, c: usize, packed: usize, m: i32, k: i32, n: i32, transposeA: bool, transposeB: bool,
): void {
  const size = sizeof<T>();
  const width = <i32>(32 / sizeof<T>());
  const rowOfA: usize = transposeA ? size : <usize>k * size;
  const stepOfA: usize = transposeA ? <usize>m * size : size;
  const rowOfB: usize = transposeB ? size : <usize>n * size;
  const columnOfB: usize = transposeB ? <usize>k * size : size;
  const rowOfC = <usize>n * size;
  for (let p: i32 = 0; p < k; p += depth) {
    const deep = min(depth, k - p);
    const more = p > 0;
    for (let j: i32 = 0; j < n; j += width) {
      const columns = n - j;
      const block = b + <usize>p * rowOfB + <usize>j * columnOfB;
      if (!transposeB && columns >= width) packRows<T>(block, packed, deep, rowOfB);
      else pack<T>(block, packed, deep, columns, rowOfB, columnOfB);
      for (let i: i32 = 0; i < m; i += 4) {
        const rows = m - i;
        // A row that is not there is read again from the last, and its result is dropped.
        let a0 = a + <usize>i * rowOfA + <usize>p * stepOfA;
        let a1 = a0 + (rows > 1 ? rowOfA : 0);
        let a2 = a1 + (rows > 2 ? rowOfA : 0);
        let a3 = a2 + (rows > 3 ? rowOfA : 0);
        let r0 = v128.splat<T>(<T>0), s0 = r0, r1 = r0, s1 = r0, r2 = r0, s2 = r0, r3 = r0, s3 = r0;
        let from = packed;
        const end = packed + <usize>deep * 32;
        while (from < end) {
          const low = v128.load(from);
          const high = v128.load(from, 16);
          const x0 = v128.load_splat<T>(a0);
          r0 = v128.add<T>(r0, v128.mul<T>(x0, low));
          s0 = v128.add<T>(s0, v128.mul<T>(x0, high));
          const x1 = v128.load_splat<T>(a1);
          r1 = v128.add<T>(r1, v128.mul<T>(x1, low));
          s1 = v128.add<T>(s1, v128.mul<T>(x1, high));
          const x2 = v128.load_splat<T>(a2);
          r2 = v128.add<T>(r2, v128.mul<T>(x2, low));
          s2 = v128.add<T>(s2, v128.mul<T>(x2, high));
          const x3 = v128.load_splat<T>(a3);
          r3 = v128.add<T>(r3, v128.mul<T>(x3, low));
          s3 = v128.add<T>(s3, v128.mul<T>(x3, high));
          a0 += stepOfA;
          a1 += stepOfA;
          a2 += stepOfA;
          a3 += stepOfA;
          from += 32;
        }
        const to = c + <usize>i * rowOfC + <usize>j * size;
        put<T>(to, r0, s0, columns, more);
        if (rows > 1) put<T>(to + rowOfC, r1, s1, columns, more);
        if (rows > 2) put<T>(to + 2 * rowOfC, r2, s2, columns, more);
        if (rows > 3) put<T>(to + 3 * rowOfC, r3, s3, columns, more);
      }
    }
  }
}

/** Bytes that a product needs besides its operands. */
export function packedBytes(): i32 {
  return depth * 32;
}

export function matmulF32(
  a: usize, b: usize, c: usize, packed: usize, m: i32, k: i32, n: i32, transposeA: bool, transposeB: bool,
): void {
  multiply<f32>(a, b, c, packed, m, k, n, transposeA, transposeB);
}

export function matmulF64(
  a: usize, b: usize, c: usize, packed: usize, m: i32, k: i32, n: i32, transposeA: bool, transposeB: bool,
): void {
  multiply<f64>(a, b, c, packed, m, k, n, transposeA, transposeB);
}
