// A function of a three-dimensional tensor X, shape [2, 2, 3]:
//   V[i,j,k] = X[i,j,k]²,   S[i,j] = Σₖ V[i,j,k]·w[k],   z = Σᵢⱼ tanh S[i,j].
// Whatever its shape, a tensor is numbers, and each of them has its own scalar chain. For X[i,j,k] it is
//   ∂z/∂X[i,j,k] = (1 − tanh² S[i,j]) · w[k] · 2·X[i,j,k].
import { input, model, param } from 'retrograd';

const X = param([
  [
    [0.1, -0.2, 0.3],
    [0.4, 0.5, -0.6],
  ],
  [
    [-0.7, 0.8, 0.9],
    [1, -1.1, 0],
  ],
]);
const w = input([0.5, 1, -0.5]);

export const elements = model(() => {
  const V = X.square();
  const S = V.mul(w).sum(2);
  const z = S.tanh().sum();
  return z;
});
