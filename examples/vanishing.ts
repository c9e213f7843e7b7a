// Thirty layers, three times over, on the same data. They differ in one line.
//   sigmoids: each layer multiplies the gradient by σ′(z) ≤ 1/4. After thirty, nothing is left of it for the first ones.
//   rectified: relu′ is 1 or 0, and weights drawn as He et al. have it keep the size of what comes through.
//   residual: the sigmoids again, each with a way round it, on which the gradient is multiplied by 1.
import { bceWithLogits, input, model, optim, param, randn } from 'retrograd';

const depth = 30;
const width = 16;

// Of each sample: is its first number greater than its second?
const samples = randn([32, width], { seed: 1 });
const answers = samples.slice(1, 0, 1).gt(samples.slice(1, 1, 2));

// Xavier: a deviation of √(1 / fan-in), so that z is about as large as h. It is not the weights that let the gradient vanish.
const W = Array.from({ length: depth }, (_, i) =>
  param(randn([width, width], { seed: 100 + i }).mul(Math.sqrt(1 / width))),
);
const head = param(randn([width, 1], { seed: 2 }).mul(Math.sqrt(1 / width)));

export const sigmoids = model(
  () => {
    const X = input(samples);
    const T = input(answers);
    let h = X;
    for (const Wi of W) {
      const z = h.matmul(Wi);
      h = z.sigmoid();
    }
    const loss = bceWithLogits(h.matmul(head), T);
    return loss;
  },
  { optimizer: optim.sgd({ lr: 0.1 }), steps: 200 },
);

// He: twice the variance, to make up for the half that relu cuts off.
const heW = Array.from({ length: depth }, (_, i) =>
  param(randn([width, width], { seed: 100 + i }).mul(Math.sqrt(2 / width))),
);
const heHead = param(randn([width, 1], { seed: 2 }).mul(Math.sqrt(1 / width)));

export const rectified = model(
  () => {
    const X = input(samples);
    const T = input(answers);
    let h = X;
    for (const Wi of heW) {
      const z = h.matmul(Wi);
      h = z.relu();
    }
    const loss = bceWithLogits(h.matmul(heHead), T);
    return loss;
  },
  { optimizer: optim.sgd({ lr: 0.1 }), steps: 200 },
);

const roundW = Array.from({ length: depth }, (_, i) =>
  param(randn([width, width], { seed: 100 + i }).mul(Math.sqrt(1 / width))),
);
const roundHead = param(randn([width, 1], { seed: 2 }).mul(Math.sqrt(1 / width)));

export const residual = model(
  () => {
    const X = input(samples);
    const T = input(answers);
    let h = X;
    for (const Wi of roundW) {
      const z = h.matmul(Wi);
      h = h.add(z.sigmoid().div(depth));
    }
    const loss = bceWithLogits(h.matmul(roundHead), T);
    return loss;
  },
  { optimizer: optim.sgd({ lr: 0.1 }), steps: 200 },
);
