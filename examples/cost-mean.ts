// The cost of a model is a mean over its samples, and so is the gradient: each sample has its share.
//   J = (ℓ₁ + ℓ₂ + ℓ₃)/3 with ℓᵢ = (w·xᵢ − tᵢ)²,   ∂J/∂w = Σᵢ 1/3 · 2(w·xᵢ − tᵢ)·xᵢ
// In a weighted mean, J = Σ pᵢ·ℓᵢ / Σ pᵢ, a sample that counts more pulls more.
import { input, model, param } from 'retrograd';

const w = param(0.5);
const [x1, x2, x3] = [1, 2, 3];
const [t1, t2, t3] = [2, 0.5, 1];

export const mean = model(() => {
  const l1 = w.mul(x1).sub(t1).square();
  const l2 = w.mul(x2).sub(t2).square();
  const l3 = w.mul(x3).sub(t3).square();
  const J = l1.add(l2).add(l3).div(3);
  return J;
});

export const weighted = model(() => {
  const p = input([1, 1, 6]);
  const l = w.mul([x1, x2, x3]).sub([t1, t2, t3]).square();
  const J = p.mul(l).sum().div(p.sum());
  return J;
});
