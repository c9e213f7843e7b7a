// Three layers of two units, every weight a number of its own: aˡᵢ = tanh(Σⱼ wˡᵢⱼ·aˡ⁻¹ⱼ), L = ½Σᵢ(a³ᵢ − tᵢ)².
// x₁ reaches L in 2·2·2 = 8 ways, and ∂L/∂x₁ is the sum over all of them, each the product of its local derivatives.
// With n layers it is 2ⁿ ways. Backpropagation adds up what arrives at a node before it passes it on: every edge once.
import { input, model, param } from 'retrograd';

const x1 = param(0.8);
const x2 = param(-0.5);
const [w1_11, w1_12, w1_21, w1_22] = [param(0.5), param(-1), param(0.7), param(0.3)];
const [w2_11, w2_12, w2_21, w2_22] = [param(1.2), param(-0.4), param(-0.6), param(0.9)];
const [w3_11, w3_12, w3_21, w3_22] = [param(0.8), param(0.5), param(-0.3), param(1.1)];

export const net = model(() => {
  const t1 = input(1);
  const t2 = input(-1);
  const a1_1 = w1_11.mul(x1).add(w1_12.mul(x2)).tanh();
  const a1_2 = w1_21.mul(x1).add(w1_22.mul(x2)).tanh();
  const a2_1 = w2_11.mul(a1_1).add(w2_12.mul(a1_2)).tanh();
  const a2_2 = w2_21.mul(a1_1).add(w2_22.mul(a1_2)).tanh();
  const a3_1 = w3_11.mul(a2_1).add(w3_12.mul(a2_2)).tanh();
  const a3_2 = w3_21.mul(a2_1).add(w3_22.mul(a2_2)).tanh();
  const L = a3_1.sub(t1).square().add(a3_2.sub(t2).square()).mul(0.5);
  return L;
});
