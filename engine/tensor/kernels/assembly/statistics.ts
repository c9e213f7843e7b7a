// Statistics of a block of float32, in float64.

/** Doubles at `out`: Σ x, Σ x², Σ |x|, the least, the largest, how many are below 0, how many are 0. NaN makes sums NaN. */
export function moments(out: usize, a: usize, n: i32): void {
  let sumLow = f64x2.splat(0),
    sumHigh = f64x2.splat(0),
    squaresLow = f64x2.splat(0),
    squaresHigh = f64x2.splat(0),
    sizesLow = f64x2.splat(0),
    sizesHigh = f64x2.splat(0);
  let least = f32x4.splat(Infinity),
    most = f32x4.splat(-Infinity);
  let negative = i32x4.splat(0),
    zero = i32x4.splat(0);
  const nought = f32x4.splat(0);
  const end = a + (n & ~3) * 4;
  for (; a < end; a += 16) {
    const x = v128.load(a);
    const low = f64x2.promote_low_f32x4(x);
    const high = f64x2.promote_low_f32x4(v128.load64_zero(a, 8));
    sumLow = f64x2.add(sumLow, low);
    sumHigh = f64x2.add(sumHigh, high);
    squaresLow = f64x2.add(squaresLow, f64x2.mul(low, low));
    squaresHigh = f64x2.add(squaresHigh, f64x2.mul(high, high));
    sizesLow = f64x2.add(sizesLow, f64x2.abs(low));
    sizesHigh = f64x2.add(sizesHigh, f64x2.abs(high));
    least = f32x4.pmin(least, x);
    most = f32x4.pmax(most, x);
    // A truth is −1.
    negative = i32x4.sub(negative, f32x4.lt(x, nought));
    zero = i32x4.sub(zero, f32x4.eq(x, nought));
  }
  let sum = both(f64x2.add(sumLow, sumHigh));
  let squares = both(f64x2.add(squaresLow, squaresHigh));
  let sizes = both(f64x2.add(sizesLow, sizesHigh));
  let min = Math.min(
    Math.min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)),
    Math.min(f32x4.extract_lane(least, 2), f32x4.extract_lane(least, 3)),
  );
  let max = Math.max(
    Math.max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    Math.max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  let below = all(negative);
  let none = all(zero);
  for (let i = 0; i < (n & 3); i++) {
    const x: f64 = load<f32>(a + i * 4);
    sum += x;
    squares += x * x;
    sizes += Math.abs(x);
    min = Math.min(min, x);
    max = Math.max(max, x);
    below += i32(x < 0);
    none += i32(x == 0);
  }
  store<f64>(out, sum);
  store<f64>(out, squares, 8);
  store<f64>(out, sizes, 16);
  store<f64>(out, min, 24);
  store<f64>(out, max, 32);
  store<f64>(out, below, 40);
  store<f64>(out, none, 48);
}

/** Σ (x − mean)². */
export function spread(a: usize, n: i32, mean: f64): f64 {
  const centre = f64x2.splat(mean);
  let low = f64x2.splat(0),
    high = f64x2.splat(0);
  const end = a + (n & ~3) * 4;
  for (; a < end; a += 16) {
    const p = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(a)), centre);
    const q = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(a, 8)), centre);
    low = f64x2.add(low, f64x2.mul(p, p));
    high = f64x2.add(high, f64x2.mul(q, q));
  }
  let total = both(f64x2.add(low, high));
  for (let i = 0; i < (n & 3); i++) {
    const apart: f64 = <f64>load<f32>(a + i * 4) - mean;
    total += apart * apart;
  }
  return total;
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function both(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}
// @ts-ignore: a decorator of AssemblyScript
@inline
function all(x: v128): i32 {
  return i32x4.extract_lane(x, 0) + i32x4.extract_lane(x, 1) + i32x4.extract_lane(x, 2) + i32x4.extract_lane(x, 3);
}
