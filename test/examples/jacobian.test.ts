import assert from 'node:assert/strict';
import { jacobianOf } from '../../engine/explain/tensors/jacobian.ts';
import { printed } from './command-line.ts';
import { explained } from './documents.ts';
import { allNear, gradient, near, value } from './numbers.ts';
import { nodeIn, viewOf } from './documents.ts';

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

  it('shows both Jacobians, their product, and what reverse mode computes instead', async () => {
    const view = viewOf('jacobian');
    const [of, by, through] = [nodeIn(view, 'y'), nodeIn(view, 'v'), nodeIn(view, 'u')];
    const told = jacobianOf(view, { of, by, through });
    assert.ok(told.kind === 'shown');
    const { jacobian, composed, reverse } = told.view;
    allNear(jacobian.cells, Jyv.flat(), 'J_y(v)');
    assert.equal(jacobian.shape, '[2×2]');
    assert.ok(composed && reverse);
    allNear(composed.outer.cells, Jy.flat(), 'J_y(u)');
    allNear(composed.inner.cells, Ju.flat(), 'J_u(v)');
    allNear(composed.product.cells, Jyv.flat(), 'J_y(u)·J_u(v)');
    assert.deepEqual([composed.outer.shape, composed.inner.shape], ['[2×3]', '[3×2]']);
    assert.equal(composed.rest, null, 'every way from v to y leads through u');
    assert.match(composed.formula, /J_y\(v\) = J_y\(u\) · J_u\(v\)/);
    allNear(reverse.upstream.cells, g, 'gᵀ');
    allNear(reverse.result.cells, rowTimes(g, Jyv), 'gᵀ·J_y(v)');
  });

  it('makes the whole matrix when asked, J_y(v) = J_y(u)·J_u(v)', () => {
    const [line] = printed('jacobian');
    const matrix = JSON.parse(line!.replace('J_y(v) = ', '')) as number[][];
    matrix.forEach((row, j) => row.forEach((x, k) => near(x, Jyv[j]![k]!, `J[${j},${k}]`)));
  });
});
