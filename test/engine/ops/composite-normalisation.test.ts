import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as rg from '../../../engine/library.ts';

const f64 = { dtype: 'float64' } as const;
const drawn = (shape: readonly number[], seed = 3): rg.Tensor => rg.randn(shape, { seed, ...f64 });
const near = (actual: rg.Tensor, expected: readonly number[], tolerance = 1e-12): void => {
  assert.equal(actual.size, expected.length);
  expected.forEach((value, i) =>
    assert.ok(
      Math.abs(value - actual.data[i]!) <= tolerance * Math.max(1, Math.abs(value)),
      `[${i}] is ${actual.data[i]!}, not ${value}`,
    ),
  );
};
const same = (a: rg.Tensor, b: rg.Tensor, tolerance = 1e-12): void => {
  assert.deepEqual(a.shape, b.shape);
  near(a, Array.from(b.data), tolerance);
};

describe('normalisations', () => {
  it('give mean 0 and variance 1 over what they normalise', () => {
    const x = drawn([4, 6, 5]).mul(3).add(7);
    const none = { eps: 0 };
    const parts: readonly (readonly [rg.Tensor, readonly number[]])[] = [
      [rg.layerNorm(x, 5, null, null, none), [2]],
      [rg.layerNorm(x, [6, 5], null, null, none), [1, 2]],
      [rg.batchNorm(x, null, null, none), [0, 2]],
      [rg.groupNorm(x, 2, null, null, none).reshape([4, 2, 15]), [2]],
    ];
    for (const [y, dims] of parts) {
      for (const mean of y.mean(dims).data) assert.ok(Math.abs(mean) < 1e-12, String(mean));
      for (const square of y.square().mean(dims).data) assert.ok(Math.abs(square - 1) < 1e-12, String(square));
    }
  });

  it('are one another where their groups agree', () => {
    const x = drawn([3, 4, 5]);
    const [weight, bias] = [drawn([4], 5), drawn([4], 6)];
    // One group is all of a sample; as many groups as channels, each channel by itself.
    same(rg.groupNorm(x, 1), rg.layerNorm(x, [4, 5]));
    same(rg.groupNorm(x, 4), rg.layerNorm(x, [5]));
    const one = x.slice(0, 0, 1);
    same(rg.groupNorm(one, 4, weight, bias), rg.batchNorm(one, weight, bias));
  });

  it('scale and shift by channel, or by element of the normalised shape', () => {
    const x = rg.tensor(
      [
        [1, 3],
        [5, 5],
      ],
      f64,
    );
    near(rg.layerNorm(x, 2, [2, 10], [1, 0], { eps: 0.5625 }), [1 - 1.6, 8, 1, 0]);
    near(rg.batchNorm(x, [1, 5], [0, 1], { eps: 0 }), [-1, -4, 1, 6]);
  });

  it('have the gradient of central differences', () => {
    const inputs = [drawn([3, 4, 2]), drawn([4], 5), drawn([4], 6)];
    const functions = [
      (x: rg.Tensor, w: rg.Tensor, b: rg.Tensor) => rg.batchNorm(x, w, b).sin(),
      (x: rg.Tensor, w: rg.Tensor, b: rg.Tensor) => rg.groupNorm(x, 2, w, b).sin(),
      (x: rg.Tensor, w: rg.Tensor, b: rg.Tensor) => rg.layerNorm(x.transpose(1, 2), 4, w, b).sin(),
      (x: rg.Tensor) => x.normalize({ p: 3 }).sin(),
      (x: rg.Tensor, w: rg.Tensor) => rg.cosineSimilarity(x, w.reshape([1, 4, 1])).sin(),
    ];
    for (const f of functions) {
      const report = rg.gradcheck(f, inputs);
      assert.ok(report.passed && report.worst < 1e-6, JSON.stringify(report));
    }
  });

  it('say what does not fit', () => {
    const x = rg.zeros([2, 6, 3]);
    const wrong: readonly (readonly [() => unknown, RegExp])[] = [
      [() => rg.layerNorm(x, 6), /layerNorm: an input \[2, 6, 3\] does not end with the normalized shape \[6\]/],
      [() => rg.layerNorm(x, 3, [1]), /layerNorm: weight has shape \[1\]; for an input \[2, 6, 3\] it must be \[3\]/],
      [() => rg.batchNorm(x, null, [1, 2]), /batchNorm: bias has shape \[2\].* must be \[6\]/],
      [() => rg.batchNorm([1, 2]), /batchNorm: expected \[N, C\] or \[N, C, …\], not \[2\]/],
      [() => rg.batchNorm([[1, 2]]), /batchNorm: an input \[1, 2\] has one value for each channel/],
      [() => rg.groupNorm(x, 4), /groupNorm: an input \[2, 6, 3\] does not make 4 groups/],
    ];
    for (const [call, message] of wrong) assert.throws(call, { name: 'ShapeError', message });
  });
});

describe('directions', () => {
  it('normalize makes vectors of length 1, and leaves the zero vector alone', () => {
    near(
      rg
        .tensor(
          [
            [3, 4],
            [0, 0],
          ],
          f64,
        )
        .normalize(),
      [0.6, 0.8, 0, 0],
    );
    near(rg.normalize([[1, -3]], { p: 1 }), [0.25, -0.75], 1e-6);
    near(rg.normalize([[2], [4]], { dim: 0, p: Infinity }), [0.5, 1], 1e-6);
    const zero = rg.param([[0, 0]], f64);
    zero.normalize().sum().backward();
    near(zero.grad!, [1e12, 1e12]);
  });

  it('cosineSimilarity is the cosine: 1, 0 and −1 for like, square and opposite vectors', () => {
    const x = rg.tensor(
      [
        [1, 2],
        [1, 0],
        [1, 1],
      ],
      f64,
    );
    const y = rg.tensor(
      [
        [2, 4],
        [0, 3],
        [-2, -2],
      ],
      f64,
    );
    near(x.cosineSimilarity(y), [1, 0, -1]);
    // (1, 1) against each row, of the shape both have in common.
    near(rg.cosineSimilarity(x, rg.tensor([1], f64)), [3 / Math.sqrt(10), Math.SQRT1_2, 1]);
  });
});

describe('dropout', () => {
  it('keeps each element, scaled, or sets it to 0; equal seeds choose alike', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (seed, p) => {
        const x = drawn([40]);
        const y = x.dropout(p, { seed });
        same(x.dropout(p, { seed }), y, 0);
        y.data.forEach((value, i) => {
          assert.ok(value === 0 || Math.abs(value - x.data[i]! / (1 - p)) <= 1e-12 * Math.abs(value));
        });
      }),
      { seed: 5, numRuns: 50 },
    );
  });

  it('drops with the probability it is told, and passes the gradient through what is kept', () => {
    const x = rg.param(rg.ones([20_000]), f64);
    const y = x.dropout(0.3, { seed: 1 });
    const dropped = y.data.filter((value) => value === 0).length / x.size;
    // Four standard deviations: 4·√(0.3·0.7 / 20000) = 0.013.
    assert.ok(Math.abs(dropped - 0.3) < 0.013, String(dropped));
    y.sum().backward();
    same(x.grad!, y, 0);
  });

  it('changes nothing outside training, and leaves nothing when p is 1', () => {
    const x = drawn([5]);
    assert.equal(x.dropout(0.5, { training: false }), x);
    near(x.dropout(1), [0, 0, 0, 0, 0]);
    assert.throws(() => x.dropout(1.5), /dropout: p must be from 0 to 1, not 1.5/);
  });
});
