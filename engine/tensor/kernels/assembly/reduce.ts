// Sums are kept in float64, so that long ones stay good.

/** Sums of the rows of an [m, n] block. */
export function sumRows(out: usize, a: usize, m: i32, n: i32): void {
  const whole = n & ~3;
  for (let row: i32 = 0; row < m; row++) {
    let low = f64x2.splat(0),
      high = f64x2.splat(0);
    const start = a + row * n * 4;
    for (let at = start, end = start + whole * 4; at < end; at += 16) {
      low = f64x2.add(low, f64x2.promote_low_f32x4(v128.load64_zero(at)));
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.load64_zero(at, 8)));
    }
    low = f64x2.add(low, high);
    let sum = f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1);
    for (let i = whole; i < n; i++) sum += load<f32>(start + i * 4);
    store<f32>(out + row * 4, <f32>sum);
  }
}

/** Sums of the columns of an [m, n] block. */
export function sumColumns(out: usize, a: usize, m: i32, n: i32): void {
  const whole = n & ~3;
  const rowBytes = <usize>n * 4;
  for (let column: i32 = 0; column < whole; column += 4) {
    let low = f64x2.splat(0),
      high = f64x2.splat(0);
    let at = a + column * 4;
    for (let row: i32 = 0; row < m; row++, at += rowBytes) {
      low = f64x2.add(low, f64x2.promote_low_f32x4(v128.load64_zero(at)));
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.load64_zero(at, 8)));
    }
    store<f32>(out + column * 4, <f32>f64x2.extract_lane(low, 0));
    store<f32>(out + column * 4 + 4, <f32>f64x2.extract_lane(low, 1));
    store<f32>(out + column * 4 + 8, <f32>f64x2.extract_lane(high, 0));
    store<f32>(out + column * 4 + 12, <f32>f64x2.extract_lane(high, 1));
  }
  for (let column = whole; column < n; column++) {
    let sum: f64 = 0;
    for (let row: i32 = 0; row < m; row++) sum += load<f32>(a + <usize>row * rowBytes + <usize>column * 4);
    store<f32>(out + column * 4, <f32>sum);
  }
}

/** Largest elements of the rows of an [m, n] block. NaN wins. */
export function maxRows(out: usize, a: usize, m: i32, n: i32): void {
  const whole = n & ~3;
  for (let row: i32 = 0; row < m; row++) {
    const start = a + row * n * 4;
    let top = f32x4.splat(-Infinity);
    for (let at = start, end = start + whole * 4; at < end; at += 16) top = f32x4.max(top, v128.load(at));
    let most = max(
      max(f32x4.extract_lane(top, 0), f32x4.extract_lane(top, 1)),
      max(f32x4.extract_lane(top, 2), f32x4.extract_lane(top, 3)),
    );
    for (let i = whole; i < n; i++) most = max(most, load<f32>(start + i * 4));
    store<f32>(out + row * 4, most);
  }
}
