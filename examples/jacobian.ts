// Vectors instead of numbers: v → u → y, with u = tanh(A·v) and y = B·u².
// The local derivatives are matrices, one row for each output and one column for each input:
//   J_u(v) = diag(1 − u²)·A   [3, 2]        J_y(u) = B·diag(2u)   [2, 3]        J_y(v) = J_y(u)·J_u(v)   [2, 2]
// Reverse mode never makes them. From L = g·y it carries one row back, a vector–Jacobian product after the other:
//   ∂L/∂y = gᵀ,   ∂L/∂u = gᵀ·J_y(u),   ∂L/∂v = (gᵀ·J_y(u))·J_u(v).
import { input, jacobian, model, param } from 'retrograd';

const v = param([0.5, -1]);
const A = input([
  [1, 2],
  [0, 1],
  [-1, 1],
]);
const B = input([
  [1, -1, 2],
  [0.5, 1, 0],
]);
const g = input([1, -2]);

export const vectors = model(() => {
  const u = A.matmul(v).tanh();
  const y = B.matmul(u.square());
  const L = g.dot(y);
  return L;
});

// The whole matrix, when it is wanted: one reverse pass for each of its rows.
const J = jacobian((v) => B.matmul(A.matmul(v).tanh().square()))(v);
console.log(`J_y(v) = ${JSON.stringify(J.toArray())}`);
