/**
 * Uniform numbers in [0, 1) with 32 bits, from a seed: the "mulberry32" distribution (Tommy Ettinger, public domain),
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

/** Numbers from [0, 1). Whole arithmetic: the same on every machine. */
export function uniforms(seed: number, count: number): Float64Array {
  const next = uniform(seed);
  return new Float64Array(count).map(next);
}

/** Whole numbers from `low` up to `high`, which is not among them. With 2³² states, a range of n is even to n in 2³². */
export function integers(seed: number, count: number, low: number, high: number): Float64Array {
  const next = uniform(seed);
  return new Float64Array(count).map(() => low + Math.floor(next() * (high - low)));
}

/** Ways to draw numbers, as `Runtime.generate` names them. */
export const distributions = ['randn', 'rand', 'randint'] as const;
export type Distribution = (typeof distributions)[number];

/**
 * `randn`: normal, of `mean` and `std` (0 and 1). `rand`: uniform from `low` up to `high` (0 and 1). `randint`: whole numbers
 * from `low` up to `high`. All take a `seed`.
 */
export function draw(
  distribution: Distribution,
  attributes: Readonly<Record<string, unknown>>,
  count: number,
): Float64Array {
  const given = (name: string, standard: number): number => Number(attributes[name] ?? standard);
  const seed = given('seed', 0);
  if (distribution === 'randint') return integers(seed, count, given('low', 0), given('high', 2));
  const numbers = distribution === 'randn' ? normal(seed, count) : uniforms(seed, count);
  const [start, span] =
    distribution === 'randn'
      ? [given('mean', 0), given('std', 1)]
      : [given('low', 0), given('high', 1) - given('low', 0)];
  if (start === 0 && span === 1) return numbers;
  for (let i = 0; i < count; i++) numbers[i] = start + span * numbers[i]!;
  return numbers;
}
