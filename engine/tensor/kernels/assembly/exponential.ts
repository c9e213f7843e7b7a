// Polynomials of the Cephes library (Stephen L. Moshier, "Methods and Programs for Mathematical Functions", 1989; its
// single-precision coefficients), four numbers at a time and without branches.

// @ts-ignore: a decorator of AssemblyScript
@inline
function splat(x: f32): v128 {
  return f32x4.splat(x);
}
/** a·b + c */
// @ts-ignore: a decorator of AssemblyScript
@inline
function step(a: v128, b: v128, c: f32): v128 {
  return f32x4.add(f32x4.mul(a, b), f32x4.splat(c));
}
/** 2ⁿ for whole n within the exponents of normal numbers. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** e^x = 2ⁿ·e^r with |r| ≤ ln 2 / 2; scaled in two halves, so that the smallest and the largest numbers come out right. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function exponential(x: v128): v128 {
  const inside = f32x4.min(f32x4.max(x, splat(-104)), splat(89));
  const n = f32x4.nearest(f32x4.mul(inside, splat(1.44269504088896341)));
  let r = f32x4.sub(inside, f32x4.mul(n, splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, splat(-2.12194440e-4)));
  let p = step(splat(1.9875691500e-4), r, 1.3981999507e-3);
  p = step(p, r, 8.3334519073e-3);
  p = step(p, r, 4.1665795894e-2);
  p = step(p, r, 1.6666665459e-1);
  p = step(p, r, 5.0000001201e-1);
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), splat(1));
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
}

/** ln x = e·ln 2 + ln m with m in [√½, √2). */
// @ts-ignore: a decorator of AssemblyScript
@inline
function logarithm(x: v128): v128 {
  const small = f32x4.lt(x, splat(1.17549435e-38));
  const scaled = v128.bitselect(f32x4.mul(x, splat(8388608)), x, small);
  let e = i32x4.sub(i32x4.shr_s(scaled, 23), i32x4.splat(126));
  e = i32x4.sub(e, v128.and(small, i32x4.splat(23)));
  let m = v128.or(v128.and(scaled, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const low = f32x4.lt(m, splat(0.707106781186547524));
  const power = f32x4.convert_i32x4_s(i32x4.add(e, low));
  m = f32x4.sub(f32x4.add(m, v128.and(m, low)), splat(1));
  const z = f32x4.mul(m, m);
  let p = step(splat(7.0376836292e-2), m, -1.1514610310e-1);
  p = step(p, m, 1.1676998740e-1);
  p = step(p, m, -1.2420140846e-1);
  p = step(p, m, 1.4249322787e-1);
  p = step(p, m, -1.6668057665e-1);
  p = step(p, m, 2.0000714765e-1);
  p = step(p, m, -2.4999993993e-1);
  p = step(p, m, 3.3333331174e-1);
  let y = f32x4.mul(f32x4.mul(m, z), p);
  y = f32x4.add(y, f32x4.mul(power, splat(-2.12194440e-4)));
  y = f32x4.sub(y, f32x4.mul(z, splat(0.5)));
  y = f32x4.add(f32x4.add(m, y), f32x4.mul(power, splat(0.693359375)));
  // 0 → −∞, below 0 and NaN → NaN, ∞ → ∞.
  y = v128.bitselect(splat(-Infinity), y, f32x4.eq(x, splat(0)));
  y = v128.bitselect(splat(NaN), y, v128.not(f32x4.ge(x, splat(0))));
  return v128.bitselect(x, y, f32x4.eq(x, splat(Infinity)));
}

/** Near 0 a polynomial, elsewhere 1 − 2 / (e^2|x| + 1) with the sign of x. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function hyperbolicTangent(x: v128): v128 {
  const size = f32x4.abs(x);
  const z = f32x4.mul(x, x);
  let p = step(splat(-5.70498872745e-3), z, 2.06390887954e-2);
  p = step(p, z, -5.37397155531e-2);
  p = step(p, z, 1.33314422036e-1);
  p = step(p, z, -3.33332819422e-1);
  const near = f32x4.add(f32x4.mul(f32x4.mul(p, z), x), x);
  const grown = f32x4.add(exponential(f32x4.add(size, size)), splat(1));
  const far = f32x4.sub(splat(1), f32x4.div(splat(2), grown));
  const signed = v128.or(far, v128.and(x, i32x4.splat(0x80000000)));
  return v128.bitselect(near, signed, f32x4.lt(size, splat(0.625)));
}

export function exp(out: usize, a: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16) v128.store(out, exponential(v128.load(a)));
}

export function log(out: usize, a: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16) v128.store(out, logarithm(v128.load(a)));
}

export function tanh(out: usize, a: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16) v128.store(out, hyperbolicTangent(v128.load(a)));
}

export function sigmoid(out: usize, a: usize, n: i32): void {
  const one = splat(1);
  for (const end = out + n * 4; out < end; out += 16, a += 16)
    v128.store(out, f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(v128.load(a))))));
}
