import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ShapeError, type Tensor, batchNorm, gradcheck, norm, param, tensor, zeros } from '../../../engine/library.ts';

const f64 = { dtype: 'float64' } as const;
const matrix = tensor(
  [
    [1, 2, 4],
    [3, 3, 9],
  ],
  f64,
);
const near = (actual: Tensor, expected: readonly number[]): void => {
  assert.equal(actual.size, expected.length);
  expected.forEach((x, i) => {
    const found = actual.data[i]!;
    assert.ok(Object.is(found, x) || Math.abs(found - x) <= 1e-14 * Math.max(1, Math.abs(x)), `${found} is not ${x}`);
  });
};
const gradientOf = (f: (x: Tensor) => Tensor, content: readonly number[]): number[] => {
  const x = param(content, f64);
  f(x).sum().backward();
  return Array.from(x.grad!.data);
};

describe('reductions', () => {
  it('variance and std divide by n − 1, or by n', () => {
    // Means 7/3 and 5; squared deviations 16/9 + 1/9 + 25/9 = 42/9 and 4 + 4 + 16 = 24.
    near(matrix.variance(1), [42 / 18, 12]);
    near(matrix.variance(1, { unbiased: false, keepdim: true }), [42 / 27, 8]);
    near(matrix.std([0, 1], { unbiased: false }), [Math.sqrt(120 / 6 - (22 / 6) ** 2)]);
    near(tensor([5], f64).variance(), [NaN]);
    near(tensor([5], f64).std(0, { unbiased: false }), [0]);
    // Two passes: nothing is lost far from 0.
    near(tensor([1e9 + 1, 1e9 + 2, 1e9 + 3], f64).variance(), [1]);
    assert.deepEqual(
      gradientOf((x) => x.std(), [2, 2, 2]),
      [0, 0, 0],
    );
  });

  it('logsumexp neither overflows nor loses small numbers', () => {
    near(tensor([1000, 1000], f64).logsumexp(), [1000 + Math.LN2]);
    near(
      tensor(
        [
          [0, -Infinity],
          [-Infinity, -Infinity],
        ],
        f64,
      ).logsumexp(1),
      [0, -Infinity],
    );
    near(tensor([Infinity, 1], f64).logsumexp(0, true), [Infinity]);
    assert.deepEqual(
      gradientOf((x) => x.logsumexp(), [0, -Infinity]),
      [1, 0],
    );
    assert.deepEqual(
      gradientOf((x) => x.logsumexp(), [-Infinity, -Infinity]),
      [NaN, NaN],
    );
  });

  it('have the gradients of central differences where PyTorch’s have not: see docs/torch-differences.md', () => {
    for (const f of [
      (x: Tensor) => x.T.trace(),
      (x: Tensor) => x.variance([]),
      (x: Tensor) => x.std([], { unbiased: false, keepdim: true }),
      (x: Tensor) => batchNorm(x, x.select(0, 0).select(0, 0).expand([3])),
    ])
      assert.ok(gradcheck(f, [matrix]).passed);
  });

  it('norm knows every p', () => {
    const x = tensor([3, 0, -4], f64);
    near(norm(x), [5]);
    near(norm(x, { p: 1 }), [7]);
    near(norm(x, { p: 3 }), [91 ** (1 / 3)]);
    near(norm(x, { p: 0 }), [2]);
    near(norm(x, { p: Infinity, dim: 0, keepdim: true }), [4]);
    near(norm(x, { p: -Infinity }), [0]);
    near(norm(tensor([1, 4], f64), { p: -1 }), [1 / (1 + 1 / 4)]);
    near(norm(tensor([3e300, 4e300], f64)), [5e300]);
    near(norm(tensor([3e-300, 4e-300], f64)), [5e-300]);
    near(norm(tensor([Infinity, 1], f64)), [Infinity]);
    near(norm(tensor([NaN, 1], f64)), [NaN]);
    for (const p of [1, 2, 3, 1.5, 0.5])
      assert.deepEqual(
        gradientOf((v) => norm(v, { p }), [0, 0]),
        [0, 0],
      );
    assert.ok(gradcheck((v) => norm(v, { p: Infinity }), [x]).passed);
    assert.throws(() => norm(x, { p: NaN }), ShapeError);
  });

  it('prod and cumprod have right gradients at zeros', () => {
    assert.deepEqual(
      gradientOf((x) => x.prod(), [2, 0, 3]),
      [0, 6, 0],
    );
    assert.deepEqual(
      gradientOf((x) => x.prod(), [2, 0, 0]),
      [0, 0, 0],
    );
    assert.deepEqual(
      gradientOf((x) => x.reshape([2, 2]).prod([0, 1]), [2, 0, 3, 5]),
      [0, 30, 0, 0],
    );
    // y = (a, ab, abc): ā = 1 + b + bc, b̄ = a + ac, c̄ = ab.
    assert.deepEqual(
      gradientOf((x) => x.cumprod(0), [2, 0, 3]),
      [1, 8, 0],
    );
    const zeroed = fc.array(fc.constantFrom<number>(0, 0, 1, -2, 3), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(zeroed, (content) => {
        // The plain sum over products of the others.
        const expected = content.map((_, j) =>
          content.reduce((total, __, i) => {
            if (i < j) return total;
            return total + content.slice(0, i + 1).reduce((p, x, k) => (k === j ? p : p * x), 1);
          }, 0),
        );
        near(
          tensor(
            gradientOf((x) => x.cumprod(0), content),
            f64,
          ),
          expected,
        );
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('cumsum runs along its dimension', () => {
    assert.deepEqual(matrix.cumsum(1).toArray(), [
      [1, 3, 7],
      [3, 6, 15],
    ]);
    assert.deepEqual(matrix.cumsum(0).toArray(), [
      [1, 2, 4],
      [4, 5, 13],
    ]);
    assert.deepEqual(matrix.cumprod(-1).toArray(), [
      [1, 2, 8],
      [3, 9, 81],
    ]);
  });

  it('argmax and argmin find the first extreme, along a dimension or in all', () => {
    assert.deepEqual(matrix.argmin(1).toArray(), [0, 0]);
    assert.deepEqual(matrix.argmax(0, true).toArray(), [[1, 1, 1]]);
    assert.equal(matrix.argmax().item(), 5);
    assert.equal(matrix.argmax().dtype, 'int32');
    assert.throws(() => zeros([0]).argmax(), /no elements/);
  });

  it('all and any are of bool', () => {
    const x = tensor(
      [
        [1, 0],
        [NaN, 2],
      ],
      f64,
    );
    assert.deepEqual(x.all(1).toArray(), [0, 1]);
    assert.deepEqual(x.any(0, true).toArray(), [[1, 1]]);
    assert.equal(x.all().dtype, 'bool');
    assert.equal(zeros([0]).all().item(), 1);
    assert.equal(zeros([0]).any().item(), 0);
  });

  it('of nothing are what PyTorch says: 0, 1, NaN, or an error', () => {
    const none = zeros([0, 2], f64);
    assert.deepEqual(none.sum(0).toArray(), [0, 0]);
    assert.deepEqual(none.prod(0).toArray(), [1, 1]);
    assert.deepEqual(none.mean(0).toArray(), [NaN, NaN]);
    assert.deepEqual(none.logsumexp(0).toArray(), [-Infinity, -Infinity]);
    assert.deepEqual(none.norm({ dim: 0 }).toArray(), [0, 0]);
    assert.deepEqual(none.cumsum(0).shape, [0, 2]);
    assert.throws(() => none.max(0), ShapeError);
  });

  it('count truths without running over', () => {
    const truths = tensor(new Array(300).fill(1), { dtype: 'bool' });
    assert.equal(truths.sum().item(), 300);
    assert.equal(truths.sum().dtype, 'int32');
    assert.equal(truths.cumsum(0).data.at(-1), 300);
  });

  it('pass no gradient of a NaN to the numbers beside it', () => {
    assert.deepEqual(
      gradientOf((x) => x.max(), [NaN, 1]),
      [1, 0],
    );
    assert.deepEqual(
      gradientOf((x) => x.min(), [3, 1, 1]),
      [0, 0.5, 0.5],
    );
  });

  it('name the dimension that is wrong', () => {
    assert.throws(() => matrix.sum([0, -2]), /sum: dimension 0 is listed twice in \[0, -2\]/);
    assert.throws(() => matrix.cumsum(2), /cumsum: dimension 2 does not exist/);
  });
});
