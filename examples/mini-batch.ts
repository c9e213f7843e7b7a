// A batch of four samples through one layer: X [4, 3], W [3, 2], b [2] give Z = X·W + b [4, 2].
// Each sample uses the same W and the same b, so both gradients are sums over the batch:
//   ∂L/∂W = Xᵀ·∂L/∂Z,   [4, 3]ᵀ·[4, 2] = [3, 2]
//   ∂L/∂b = Σₙ ∂L/∂Z[n],   what undoes the broadcast of b from [2] to [4, 2].
import { input, model, optim, param } from 'retrograd';

const W = param([
  [0.5, -0.2],
  [0.1, 0.4],
  [-0.3, 0.6],
]);
const b = param([0.1, -0.1]);

export const layer = model(
  () => {
    const X = input([
      [1, 0, 2],
      [0, 1, -1],
      [2, -1, 0],
      [1, 1, 1],
    ]);
    const T = input([
      [0, 1],
      [1, 0],
      [1, -1],
      [0, 1],
    ]);
    const Z = X.matmul(W).add(b);
    const L = Z.sub(T).square().mean();
    return L;
  },
  { optimizer: optim.sgd({ lr: 0.1 }), steps: 100 },
);
