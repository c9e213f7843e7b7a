/**
 * Uniform numbers in [0, 1) with 32 bits, from a seed: the "mulberry32" generator (Tommy Ettinger, public domain),
 * a Weyl sequence passed through a multiply–xorshift mix. Equal seeds give equal sequences on every machine.
 */
export function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal numbers by the Box–Muller transform, which makes them in pairs. */
export function normal(seed: number, count: number): Float64Array {
  const next = uniform(seed);
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i += 2) {
    // 1 − u is in (0, 1], so that the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    const angle = 2 * Math.PI * next();
    numbers[i] = radius * Math.cos(angle);
    if (i + 1 < count) numbers[i + 1] = radius * Math.sin(angle);
  }
  return numbers;
}
