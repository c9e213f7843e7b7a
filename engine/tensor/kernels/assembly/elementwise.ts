// Kernels on blocks of float32 whose length is rounded up to whole vectors: what is computed beyond the end is never read.

// @ts-ignore: a decorator of AssemblyScript
@inline
function one(): v128 {
  return f32x4.splat(1);
}
// @ts-ignore: a decorator of AssemblyScript
@inline
function truth(mask: v128): v128 {
  return v128.and(mask, one());
}

export function fill(out: usize, value: f32, n: i32): void {
  const v = f32x4.splat(value);
  for (const end = out + n * 4; out < end; out += 16) v128.store(out, v);
}

export function neg(out: usize, a: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16) v128.store(out, f32x4.neg(v128.load(a)));
}
export function abs(out: usize, a: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16) v128.store(out, f32x4.abs(v128.load(a)));
}
export function sqrt(out: usize, a: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16) v128.store(out, f32x4.sqrt(v128.load(a)));
}
export function square(out: usize, a: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16) {
    const x = v128.load(a);
    v128.store(out, f32x4.mul(x, x));
  }
}
export function reciprocal(out: usize, a: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16) v128.store(out, f32x4.div(one(), v128.load(a)));
}
export function rsqrt(out: usize, a: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16)
    v128.store(out, f32x4.div(one(), f32x4.sqrt(v128.load(a))));
}
/** NaN stays NaN, −0 becomes 0. */
export function relu(out: usize, a: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (const end = out + n * 4; out < end; out += 16, a += 16) v128.store(out, f32x4.max(v128.load(a), zero));
}
/** 1 where x is not at most 0: NaN counts as positive, so that its gradient is not lost. */
export function step(out: usize, a: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (const end = out + n * 4; out < end; out += 16, a += 16)
    v128.store(out, truth(v128.not(f32x4.le(v128.load(a), zero))));
}

/** −1 or 1; zeros of either sign and NaN stay as they are. */
export function sign(out: usize, a: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (const end = out + n * 4; out < end; out += 16, a += 16) {
    const x = v128.load(a);
    const signed = v128.or(one(), v128.and(x, i32x4.splat(0x80000000)));
    v128.store(out, v128.bitselect(signed, x, v128.or(f32x4.lt(x, zero), f32x4.gt(x, zero))));
  }
}

export function add(out: usize, a: usize, b: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16, b += 16)
    v128.store(out, f32x4.add(v128.load(a), v128.load(b)));
}
export function sub(out: usize, a: usize, b: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16, b += 16)
    v128.store(out, f32x4.sub(v128.load(a), v128.load(b)));
}
export function mul(out: usize, a: usize, b: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16, b += 16)
    v128.store(out, f32x4.mul(v128.load(a), v128.load(b)));
}
export function div(out: usize, a: usize, b: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16, b += 16)
    v128.store(out, f32x4.div(v128.load(a), v128.load(b)));
}
/** NaN wins, as in Math.max. */
export function maximum(out: usize, a: usize, b: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16, b += 16)
    v128.store(out, f32x4.max(v128.load(a), v128.load(b)));
}
export function minimum(out: usize, a: usize, b: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16, b += 16)
    v128.store(out, f32x4.min(v128.load(a), v128.load(b)));
}
export function greater(out: usize, a: usize, b: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16, b += 16)
    v128.store(out, truth(f32x4.gt(v128.load(a), v128.load(b))));
}
export function greaterEqual(out: usize, a: usize, b: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16, b += 16)
    v128.store(out, truth(f32x4.ge(v128.load(a), v128.load(b))));
}
export function less(out: usize, a: usize, b: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16, b += 16)
    v128.store(out, truth(f32x4.lt(v128.load(a), v128.load(b))));
}
export function lessEqual(out: usize, a: usize, b: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16, b += 16)
    v128.store(out, truth(f32x4.le(v128.load(a), v128.load(b))));
}
export function equal(out: usize, a: usize, b: usize, n: i32): void {
  for (const end = out + n * 4; out < end; out += 16, a += 16, b += 16)
    v128.store(out, truth(f32x4.eq(v128.load(a), v128.load(b))));
}

/** Whether neither is 0; NaN is not. */
export function logicalAnd(out: usize, a: usize, b: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (const end = out + n * 4; out < end; out += 16, a += 16, b += 16)
    v128.store(out, truth(v128.and(f32x4.ne(v128.load(a), zero), f32x4.ne(v128.load(b), zero))));
}

/** Elements of `a` where the condition is not 0 (NaN is not), else of `b`. */
export function where(out: usize, condition: usize, a: usize, b: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (const end = out + n * 4; out < end; out += 16, condition += 16, a += 16, b += 16)
    v128.store(out, v128.bitselect(v128.load(a), v128.load(b), f32x4.ne(v128.load(condition), zero)));
}
