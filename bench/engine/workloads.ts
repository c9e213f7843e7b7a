/**
 * What is measured: the same five programs for every engine, over the same numbers. Each engine writes the program its own
 * way and is given the leaves; its loss and gradients are compared before its time counts.
 */
export interface Leaf {
  readonly shape: readonly number[];
  readonly content: readonly number[];
  readonly kind: 'parameter' | 'input' | 'classes';
}

export type Leaves = Readonly<Record<string, Leaf>>;

/** What an engine makes of a workload: the loss, and the Euclidean norm of every parameter's gradient. */
export interface Checked {
  readonly loss: number;
  readonly norms: Readonly<Record<string, number>>;
}

export interface Workload {
  readonly title: string;
  /** Milliseconds a step in plain Node; one and a half times that in the sandbox. */
  readonly target: number;
  /**
   * How far an engine's float32 may be from our float64, relative to it. A chain of n roundings of 2⁻²⁴ each can go astray by
   * n times that, and a little more where the result is a small difference.
   */
  readonly tolerance: number;
  /** Half the steps of a training loop in the sandbox: its limits let through so many, and a trace keeps 50 passes. */
  readonly sandboxSteps: number;
  readonly leaves: () => Leaves;
}

/** Uniform numbers about zero, of four digits so that they stay the same on their way to every engine. */
function uniform(size: number, reach: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: size }, () => {
    // Numerical Recipes' linear congruential generator: any will do.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.round((state / 2 ** 31 - 1) * reach * 1e4) / 1e4;
  });
}

/** Shapes of parameters and inputs by name. Weights keep the size of what passes through them, so that no gradient dies out. */
function leaves(
  inputs: Readonly<Record<string, readonly number[]>>,
  parameters: Readonly<Record<string, readonly number[]>>,
  classes: Readonly<Record<string, number>> = {},
): Leaves {
  const made: Record<string, Leaf> = {};
  const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
  let seed = 1;
  for (const [name, shape] of Object.entries(inputs))
    made[name] = { shape, kind: 'input', content: uniform(sizeOf(shape), 1, seed++) };
  for (const [name, shape] of Object.entries(parameters)) {
    const fanIn = shape.length === 4 ? sizeOf(shape.slice(1)) : shape.length === 2 ? shape[0]! : 100;
    made[name] = { shape, kind: 'parameter', content: uniform(sizeOf(shape), Math.sqrt(3 / fanIn), seed++) };
  }
  for (const [name, count] of Object.entries(classes))
    made[name] = { shape: [count], kind: 'classes', content: Array.from({ length: count }, (_, i) => i % 10) };
  return made;
}

const depth = Array.from({ length: 50 }, (_, i) => i);

export const workloads = {
  W1: {
    title: 'MLP 784-128-64-10, batch 64, cross-entropy',
    target: 2,
    tolerance: 1e-5,
    sandboxSteps: 25,
    leaves: () =>
      leaves(
        { x: [64, 784] },
        { w1: [784, 128], b1: [128], w2: [128, 64], b2: [64], w3: [64, 10], b3: [10] },
        { target: 64 },
      ),
  },
  W2: {
    title: '50 layers of tanh, width 32, batch 32',
    target: 2,
    tolerance: 1e-4,
    sandboxSteps: 25,
    leaves: () =>
      leaves(
        { x: [32, 32] },
        Object.fromEntries(
          depth.flatMap((i): [string, number[]][] => [
            [`w${i}`, [32, 32]],
            [`b${i}`, [32]],
          ]),
        ),
      ),
  },
  W3: {
    title: '10,000 scalar ops',
    target: 15,
    tolerance: 1e-3,
    sandboxSteps: 6,
    leaves: () => ({
      a: { shape: [], kind: 'parameter', content: [1.0001] },
      b: { shape: [], kind: 'parameter', content: [0.0001] },
    }),
  },
  W4: {
    title: 'transformer block, d 64, 4 heads, T 64',
    target: 2.5,
    tolerance: 1e-4,
    sandboxSteps: 25,
    leaves: () =>
      leaves(
        { x: [64, 64] },
        {
          q: [64, 64],
          k: [64, 64],
          v: [64, 64],
          o: [64, 64],
          up: [64, 256],
          upBias: [256],
          down: [256, 64],
          downBias: [64],
          g1: [64],
          c1: [64],
          g2: [64],
          c2: [64],
        },
      ),
  },
  W5: {
    title: 'LeNet-like, 28×28, batch 16',
    target: 8,
    tolerance: 1e-5,
    sandboxSteps: 25,
    leaves: () =>
      leaves(
        { x: [16, 1, 28, 28] },
        {
          k1: [6, 1, 5, 5],
          c1: [6],
          k2: [16, 6, 5, 5],
          c2: [16],
          w1: [400, 120],
          b1: [120],
          w2: [120, 84],
          b2: [84],
          w3: [84, 10],
          b3: [10],
        },
        { target: 16 },
      ),
  },
} as const satisfies Readonly<Record<string, Workload>>;

export type WorkloadName = keyof typeof workloads;
export const workloadNames = Object.keys(workloads) as WorkloadName[];
