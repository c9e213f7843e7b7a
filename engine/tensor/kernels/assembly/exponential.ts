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

/**
 * erfc x for x ≥ ½: e^(−x²)·r·P(8r − 1) with r = 1 / (x + 3.5), the polynomial of engine/expression/error-function.ts up to what
 * float32 can tell. x² has more digits than a float32 keeps, and an exponential shows it: x is split so that the square of its
 * larger part is exact.
 */
// @ts-ignore: a decorator of AssemblyScript
@inline
function tail(x: v128): v128 {
  const coarse = v128.and(x, i32x4.splat(0xfffff000));
  const rest = f32x4.mul(f32x4.sub(coarse, x), f32x4.add(coarse, x));
  const gaussian = f32x4.mul(exponential(f32x4.neg(f32x4.mul(coarse, coarse))), exponential(rest));
  const r = f32x4.div(splat(1), f32x4.add(x, splat(3.5)));
  const u = f32x4.sub(f32x4.mul(splat(8), r), splat(1));
  let p = step(splat(1.1084781750475508e-8), u, 6.468446356506783e-8);
  p = step(p, u, -5.414926140653701e-8);
  p = step(p, u, -5.791004764844922e-7);
  p = step(p, u, -1.1436590217789786e-7);
  p = step(p, u, 5.0644399941795415e-6);
  p = step(p, u, 9.340561001765779e-6);
  p = step(p, u, -3.2223456279507774e-5);
  p = step(p, u, -0.00018242419010578912);
  p = step(p, u, -0.0001899066622155672);
  p = step(p, u, 0.0016084319608168048);
  p = step(p, u, 0.010448716284562844);
  p = step(p, u, 0.03774673914598853);
  p = step(p, u, 0.10200612432257121);
  p = step(p, u, 0.22496296975635963);
  p = step(p, u, 0.42135979195191364);
  p = step(p, u, 0.6851409981894168);
  p = step(p, u, 0.9798784341907313);
  return f32x4.mul(f32x4.mul(gaussian, r), p);
}

/** erf x for |x| < ½: the Taylor series (Abramowitz & Stegun 7.1.5). */
// @ts-ignore: a decorator of AssemblyScript
@inline
function errorNearZero(x: v128): v128 {
  const z = f32x4.mul(x, x);
  let p = step(splat(1.2055332981789664e-4), z, -8.5483270234508528e-4);
  p = step(p, z, 5.2239776254421878e-3);
  p = step(p, z, -2.6866170645131252e-2);
  p = step(p, z, 1.1283791670955126e-1);
  p = step(p, z, -3.7612638903183754e-1);
  p = step(p, z, 1.1283791670955126);
  return f32x4.mul(p, x);
}

export function erfc(out: usize, a: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16) {
    const x = v128.load(a);
    const size = f32x4.abs(x);
    const far = tail(f32x4.min(size, splat(28)));
    const side = v128.bitselect(f32x4.sub(splat(2), far), far, f32x4.lt(x, splat(0)));
    const near = f32x4.sub(splat(1), errorNearZero(x));
    // NaN is not far: the series keeps it.
    v128.store(out, v128.bitselect(side, near, f32x4.ge(size, splat(0.5))));
  }
}
