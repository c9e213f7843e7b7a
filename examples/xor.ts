// Exclusive or, which no single neuron can tell: two inputs, four hidden units, one output.
import { bceWithLogits, input, model, optim, param, randn, zeros } from 'retrograd';

const cases = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const answers = [[0], [1], [1], [0]];

const W1 = param(randn([2, 4], { seed: 3 }));
const b1 = param(zeros([4]));
const W2 = param(randn([4, 1], { seed: 5 }));
const b2 = param(zeros([1]));

export const xor = model(
  () => {
    const X = input(cases);
    const T = input(answers);
    const h = X.matmul(W1).add(b1).tanh();
    const logits = h.matmul(W2).add(b2);
    const loss = bceWithLogits(logits, T);
    return loss;
  },
  { optimizer: optim.sgd({ lr: 0.5 }), steps: 2000 },
);
