import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ShapeError, argmax, argmin, argsort, gradcheck, param, sort, tensor, topk } from '../../../engine/library.ts';

const f64 = { dtype: 'float64' } as const;

describe('sorting', () => {
  const numbers = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 12 });

  it('sorts as a stable sort of pairs does, both ways', () => {
    fc.assert(
      fc.property(numbers, fc.boolean(), (content, descending) => {
        const { values, indices } = sort(tensor(content, f64), 0, { descending });
        const pairs = content.map((x, i) => ({ x, i }));
        pairs.sort((a, b) => (descending ? b.x - a.x : a.x - b.x));
        assert.deepEqual(
          values.toArray(),
          pairs.map(({ x }) => x),
        );
        assert.deepEqual(
          indices.toArray(),
          pairs.map(({ i }) => i),
        );
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('sorts along any dimension, and passes the gradient back to where elements came from', () => {
    const x = tensor(
      [
        [3, 1],
        [2, 5],
        [-1, 4],
      ],
      f64,
    );
    assert.deepEqual(sort(x, 0).values.toArray(), [
      [-1, 1],
      [2, 4],
      [3, 5],
    ]);
    assert.deepEqual(x.sort().indices.toArray(), [
      [1, 0],
      [0, 1],
      [0, 1],
    ]);
    assert.equal(x.argsort().dtype, 'int32');
    const w = param([3, 1, 2], f64);
    w.sort()
      .values.mul(tensor([10, 20, 30], f64))
      .sum()
      .backward();
    assert.deepEqual(w.grad!.toArray(), [30, 10, 20]);
    assert.equal(argsort(w).requiresGrad, false);
    assert.ok(gradcheck((y) => y.sort(0).values.sin(), [x]).passed);
    assert.ok(gradcheck((y) => y.topk(2, { dim: 0, largest: false }).values.exp(), [x]).passed);
  });

  it('takes NaN for the largest number, as PyTorch does', () => {
    const x = tensor([2, NaN, 1], f64);
    assert.deepEqual(x.argsort().toArray(), [2, 0, 1]);
    assert.deepEqual(x.argsort(0, { descending: true }).toArray(), [1, 0, 2]);
    assert.equal(argmax(x).item(), 1);
    assert.equal(argmin(x).item(), 1);
  });

  it('topk has the most extreme first', () => {
    const x = tensor([4, 9, 1, 7], f64);
    assert.deepEqual(topk(x, 2).values.toArray(), [9, 7]);
    assert.deepEqual(topk(x, 2).indices.toArray(), [1, 3]);
    assert.deepEqual(topk(x, 3, { largest: false }).values.toArray(), [1, 4, 7]);
    assert.deepEqual(topk(x, 0).values.shape, [0]);
    assert.throws(
      () => topk(x, 5),
      (error: Error) => error instanceof ShapeError && /\[4\], which has 4/.test(error.message),
    );
    assert.throws(() => sort(x, 1), /dimension 1 does not exist/);
  });
});
