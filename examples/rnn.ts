// A recurrent net reads forty values of a wave, one at a time, and says what the next one will be.
// The same line, with the same weights, makes all forty states: h ← tanh(x·V + h·U + b). On its way back from the last state to the
// first the gradient is multiplied forty times by U and by tanh′, and fades: the net learns most from what it read last.
import { input, model, mseLoss, optim, param, randn, zeros } from 'retrograd';

const steps = 40;
const waves = 16;
const width = 8;

// Sixteen waves, each with a frequency and a phase of its own: wave n at time t.
const wave = (t: number, n: number): number => Math.sin((0.2 + 0.02 * n) * t + n);
const values = Array.from({ length: steps + 1 }, (_, t) => Array.from({ length: waves }, (_, n) => [wave(t, n)]));

const V = param(randn([1, width], { seed: 1 }));
const U = param(randn([width, width], { seed: 4 }).mul(Math.sqrt(1 / width)));
const b = param(zeros([width]));
const head = param(randn([width, 1], { seed: 3 }).mul(Math.sqrt(1 / width)));

export const rnn = model(
  () => {
    const X = input(values.slice(0, steps));
    const next = input(values[steps]!);
    let h = zeros([waves, width]);
    for (let t = 0; t < steps; t++) {
      h = X.select(0, t).matmul(V).add(h.matmul(U)).add(b).tanh();
    }
    const guess = h.matmul(head);
    const loss = mseLoss(guess, next);
    return loss;
  },
  { optimizer: optim.adam({ lr: 0.01 }), steps: 200 },
);
