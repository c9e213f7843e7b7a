// A chain of two layers, one unit each: X → u₁ → Yⱼ → u₂ → Y → E.
// ∂E/∂w₂ has three factors, ∂E/∂w₁ five. One step of gradient descent, w′ = w − η·∂E/∂w, lowers E.
import { input, model, optim, param } from 'retrograd';

const w1 = param(0.8);
const b1 = param(-0.2);
const w2 = param(-1.1);
const b2 = param(0.3);

export const chain = model(
  () => {
    const X = input(1.5);
    const T = input(1);
    const u1 = X.mul(w1).add(b1);
    const Yj = u1.tanh();
    const u2 = Yj.mul(w2).add(b2);
    const Y = u2.sigmoid();
    const E = Y.sub(T).square().mul(0.5);
    return E;
  },
  { optimizer: optim.sgd({ lr: 0.5 }), steps: 1 },
);
