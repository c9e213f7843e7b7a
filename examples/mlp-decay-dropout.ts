// A network with one hidden layer, weight decay and dropout, as textbooks draw it:
//   z = x·W₁,  h = φ(z),  d = dropout(h),  o = d·W₂,  L = ½‖o − y‖²,  s = λ/2·(‖W₁‖² + ‖W₂‖²),  J = L + s.
// Each weight has two paths to J: one through the loss, and one through the penalty s, which adds λ·W to its gradient.
// Dropout sets half of the hidden units to 0 and doubles the others; nothing flows back through a unit that is dropped.
import { dropout, input, model, optim, param, randn } from 'retrograd';

const lambda = 0.1;
const W1 = param(randn([3, 4], { seed: 1 }));
const W2 = param(randn([4, 2], { seed: 2 }));

export const mlp = model(
  () => {
    const x = input([1, -0.5, 2]);
    const y = input([0.5, -1]);
    const z = x.matmul(W1);
    const h = z.tanh();
    const d = dropout(h, 0.5, { seed: 8 });
    const o = d.matmul(W2);
    const L = o.sub(y).square().sum().mul(0.5);
    const s = W1.square()
      .sum()
      .add(W2.square().sum())
      .mul(lambda / 2);
    const J = L.add(s);
    return J;
  },
  { optimizer: optim.sgd({ lr: 0.1 }), steps: 100 },
);
