import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  ShapeError,
  type Tensor,
  bmm,
  diag,
  dot,
  eye,
  gradcheck,
  linear,
  outer,
  param,
  randn,
  solveTriangular,
  tensor,
  zeros,
} from '../../../engine/library.ts';

const f64 = { dtype: 'float64' } as const;
const drawn = (shape: readonly number[], seed: number): Tensor => randn(shape, { seed, ...f64 });
const near = (actual: Tensor, expected: Tensor, tolerance = 1e-12): void => {
  assert.deepEqual(actual.shape, expected.shape);
  expected.data.forEach((x, i) =>
    assert.ok(Math.abs(x - actual.data[i]!) < tolerance, `${actual.data[i]!} is not ${x}`),
  );
};
const gradientOf = (f: (x: Tensor) => Tensor, content: number[][]): unknown => {
  const x = param(content, f64);
  f(x).sum().backward();
  return x.grad!.toArray();
};

describe('linear algebra', () => {
  const matrix = tensor(
    [
      [1, 2],
      [3, 4],
    ],
    f64,
  );

  it('multiplies vectors and batches', () => {
    assert.equal(dot([1, 2, 3], [4, 5, 6]).item(), 32);
    assert.deepEqual(outer([1, 2], [3, 4, 5]).toArray(), [
      [3, 4, 5],
      [6, 8, 10],
    ]);
    assert.deepEqual(bmm(matrix.reshape([1, 2, 2]), matrix.reshape([1, 2, 2])).toArray(), [
      [
        [7, 10],
        [15, 22],
      ],
    ]);
    assert.throws(() => dot(matrix, [1, 2]), /dot: needs two vectors of one length, not \[2, 2\] and \[2\]/);
    assert.throws(() => bmm(matrix, matrix), /bmm: needs \[b, n, k\]/);
    assert.throws(() => outer(matrix, [1]), ShapeError);
  });

  it('linear is x·Wᵀ + b over any leading dimensions', () => {
    const [x, w, b] = [drawn([2, 3, 4], 1), drawn([5, 4], 2), drawn([5], 3)];
    near(linear(x, w, b), x.matmul(w.mT).add(b));
    near(linear(x.select(0, 0).select(0, 1), w), x.matmul(w.mT).select(0, 0).select(0, 1));
    assert.ok(gradcheck((...all) => linear(...(all as [Tensor, Tensor, Tensor])).sin(), [x, w, b]).passed);
    assert.deepEqual(linear(zeros([0, 4]), w).shape, [0, 5]);
    assert.throws(() => linear(x, w.mT), /linear: x \[2, 3, 4\], weight \[4, 5\].*other way round/);
    assert.throws(() => linear(x, w, zeros([4])), /bias \[4\]/);
  });

  it('takes diagonals, triangles and traces', () => {
    assert.deepEqual(diag(matrix).toArray(), [1, 4]);
    assert.deepEqual(diag([1, 2], 1).toArray(), [
      [0, 1, 0],
      [0, 0, 2],
      [0, 0, 0],
    ]);
    assert.deepEqual(diag(tensor([[1, 2, 3]]), -1).toArray(), []);
    assert.equal(matrix.trace().item(), 5);
    assert.deepEqual(matrix.tril().toArray(), [
      [1, 0],
      [3, 4],
    ]);
    assert.deepEqual(matrix.triu(1).toArray(), [
      [0, 2],
      [0, 0],
    ]);
    assert.deepEqual(
      tensor([[NaN, 1]])
        .triu(1)
        .toArray(),
      [[0, 1]],
    );
    assert.deepEqual(matrix.tril(-5).toArray(), [
      [0, 0],
      [0, 0],
    ]);
    assert.throws(() => diag(zeros([2, 2, 2])), /diag: needs a vector or a matrix/);
    assert.throws(() => zeros([3]).tril(), /tril: needs matrices/);
    assert.throws(() => zeros([2, 2, 2]).trace(), ShapeError);
  });

  it('a matrix times its inverse is the identity, and determinants multiply', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 1000 }), (n, seed) => {
        // Far from singular: dominated by the diagonal.
        const [a, b] = [0, 1].map((i) => drawn([n, n], seed + i).add(diag(new Array(n).fill(3 + n)).mul(1)));
        near(a!.matmul(a!.inverse()), diag(tensor(new Array(n).fill(1), f64)), 1e-10);
        const product = a!.det().mul(b!.det()).item();
        assert.ok(Math.abs(a!.matmul(b!).det().item() / product - 1) < 1e-10);
      }),
      { seed: 3, numRuns: 40 },
    );
    assert.equal(matrix.det().item(), -2);
    assert.deepEqual(drawn([2, 3, 3], 1).det().shape, [2]);
    assert.equal(zeros([0, 0]).det().item(), 1);
    assert.throws(() => zeros([2, 3]).inverse(), /inverse: needs square matrices, \[\.\.\., n, n\], not \[2, 3\]/);
  });

  it('a singular matrix has no inverse, but its determinant has a gradient: the cofactors', () => {
    assert.throws(
      () =>
        tensor(
          [
            [1, 2],
            [2, 4],
          ],
          f64,
        ).inverse(),
      { name: 'ArgumentError', message: 'inverse: the matrix of x [2, 2] is singular: it has no inverse.' },
    );
    const batch = eye(2, f64)
      .expand(3, 2, 2)
      .mul(tensor([1, 2, 0], f64).reshape(3, 1, 1));
    assert.throws(() => batch.inverse(), /^ArgumentError: inverse: matrix 2 of x \[3, 2, 2\] is singular/);
    // What is no number has no inverse to miss.
    assert.ok(
      Number.isNaN(
        tensor([[NaN]], f64)
          .inverse()
          .item(),
      ),
    );
    assert.equal(
      tensor(
        [
          [1, 2],
          [2, 4],
        ],
        f64,
      )
        .det()
        .item(),
      0,
    );
    assert.deepEqual(
      gradientOf(
        (x) => x.det(),
        [
          [1, 2],
          [2, 4],
        ],
      ),
      [
        [4, -2],
        [-2, 1],
      ],
    );
    assert.deepEqual(
      gradientOf(
        (x) => x.det(),
        [
          [0, 0],
          [0, 0],
        ],
      ),
      [
        [0, 0],
        [0, 0],
      ],
    );
    // Rows 1 and 3 are equal; by hand, cofactors of the outer rows are ±(−3, 6, −3), of the middle one 0.
    near(
      tensor(
        gradientOf(
          (x) => x.det(),
          [
            [1, 2, 3],
            [4, 5, 6],
            [1, 2, 3],
          ],
        ) as number[][],
        f64,
      ),
      tensor(
        [
          [3, -6, 3],
          [0, 0, 0],
          [-3, 6, -3],
        ],
        f64,
      ),
    );
    assert.ok(
      Number.isNaN(
        tensor([
          [NaN, 1],
          [1, 1],
        ])
          .det()
          .item(),
      ),
    );
  });

  it('solveTriangular solves with the triangle it is told, and reads no other', () => {
    const a = drawn([3, 3], 4).add(diag([4, 4, 4]));
    const b = drawn([2, 3, 2], 5);
    near(a.triu().matmul(solveTriangular(a, b)), b);
    near(a.tril().matmul(a.solveTriangular(b, { upper: false })), b);
    const ones = diag(tensor([1, 1, 1], f64));
    near(
      a
        .triu(1)
        .add(ones)
        .matmul(solveTriangular(a, b, { unitriangular: true })),
      b,
    );
    assert.throws(() => solveTriangular(a, zeros([3])), /Give a vector as one column/);
    assert.throws(() => solveTriangular(a, zeros([2, 1])), /needs b of shape \[\.\.\., 3, k\]/);
  });
});
