import assert from 'node:assert/strict';
import { explained, printed } from './command-line.ts';
import { allNear, gradient, near, value } from './numbers.ts';

describe('jacobian', () => {
  // v = (½, −1): A·v = (1·½ + 2·(−1), −1, −½ − 1) = (−1.5, −1, −1.5), u = tanh of it.
  const A = [
    [1, 2],
    [0, 1],
    [-1, 1],
  ] as const;
  const B = [
    [1, -1, 2],
    [0.5, 1, 0],
  ] as const;
  const g = [1, -2] as const;
  const u = [Math.tanh(-1.5), Math.tanh(-1), Math.tanh(-1.5)];
  // J_u(v)[i,k] = (1 − uᵢ²)·A[i,k], J_y(u)[j,i] = B[j,i]·2uᵢ.
  const Ju = A.map((row, i) => row.map((a) => (1 - u[i]! ** 2) * a));
  const Jy = B.map((row) => row.map((b, i) => b * 2 * u[i]!));
  const Jyv = Jy.map((row) => [0, 1].map((k) => row.reduce((total, x, i) => total + x * Ju[i]![k]!, 0)));
  const rowTimes = (row: readonly number[], matrix: readonly (readonly number[])[]): number[] =>
    matrix[0]!.map((_, k) => row.reduce((total, x, i) => total + x * matrix[i]![k]!, 0));

  it('carries gᵀ back by one vector–Jacobian product after the other', () => {
    allNear(value('jacobian', 'u'), u);
    allNear(gradient('jacobian', 'y'), g);
    allNear(gradient('jacobian', 'u'), rowTimes(g, Jy));
    allNear(gradient('jacobian', 'v'), rowTimes(rowTimes(g, Jy), Ju));
    // The other bracketing is the same: gᵀ·(J_y(u)·J_u(v)).
    allNear(gradient('jacobian', 'v'), rowTimes(g, Jyv));
  });

  it('explains ∂L/∂v by the factors of y, u and v', () => {
    const { paths, sum } = explained('jacobian', 'v');
    assert.deepEqual(
      paths.map(({ nodes }) => nodes),
      [['v', 'u', 'y', 'L']],
    );
    allNear(sum, rowTimes(g, Jyv));
  });

  it('makes the whole matrix when asked, J_y(v) = J_y(u)·J_u(v)', () => {
    const [line] = printed('jacobian');
    const matrix = JSON.parse(line!.replace('J_y(v) = ', '')) as number[][];
    matrix.forEach((row, j) => row.forEach((x, k) => near(x, Jyv[j]![k]!, `J[${j},${k}]`)));
  });
});
