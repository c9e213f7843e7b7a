import assert from 'node:assert/strict';
import { arange, eye, full, linspace, oneHot, onesLike, rand, randint, zerosLike } from '../../../engine/library.ts';
import { ShapeError, tensor, zeros } from '../../../engine/library.ts';

const f64 = { dtype: 'float64' } as const;

describe('creation', () => {
  it('full, zerosLike, onesLike and eye fill a shape', () => {
    assert.deepEqual(full([2, 2], 7).toArray(), [
      [7, 7],
      [7, 7],
    ]);
    const whole = tensor([1, 2, 3], { dtype: 'int32' });
    assert.deepEqual(zerosLike(whole).toArray(), [0, 0, 0]);
    assert.equal(onesLike(whole).dtype, 'int32');
    assert.equal(onesLike(whole, f64).dtype, 'float64');
    assert.deepEqual(eye(2, 3).toArray(), [
      [1, 0, 0],
      [0, 1, 0],
    ]);
    assert.deepEqual(eye(1).toArray(), [[1]]);
  });

  it('arange stops before its end and is of int32 for whole numbers, as in PyTorch', () => {
    assert.deepEqual(arange(4).toArray(), [0, 1, 2, 3]);
    assert.equal(arange(4).dtype, 'int32');
    assert.deepEqual(arange(5, 1, -2).toArray(), [5, 3]);
    assert.deepEqual(arange(0, 1, 0.25, f64).toArray(), [0, 0.25, 0.5, 0.75]);
    assert.equal(arange(0, 1, 0.25).dtype, 'float32');
    assert.deepEqual(arange(0).toArray(), []);
    assert.throws(() => arange(0, 3, -1), ShapeError);
    assert.throws(() => arange(0, 3, 0), /do not lead/);
  });

  it('linspace has both ends', () => {
    assert.deepEqual(linspace(0, 1, 5, f64).toArray(), [0, 0.25, 0.5, 0.75, 1]);
    assert.deepEqual(linspace(3, 9, 1, f64).toArray(), [3]);
    assert.equal(linspace(0, 0.3, 4, f64).data.at(-1), 0.3);
    assert.throws(() => linspace(0, 1, 1.5), ShapeError);
  });

  it('rand is even over [0, 1), randint over its whole numbers; equal seeds give equal numbers', () => {
    const { data } = rand([10_000], { seed: 3, ...f64 });
    assert.deepEqual(rand([10_000], { seed: 3, ...f64 }).data, data);
    const mean = Array.from(data).reduce((sum, x) => sum + x, 0) / data.length;
    // Four standard errors of the mean of uniform numbers, 4·√(1/12/10⁴).
    assert.ok(Math.abs(mean - 0.5) < 0.012 && data.every((x) => x >= 0 && x < 1));
    const dice = randint(1, 7, [6000], { seed: 5 });
    assert.equal(dice.dtype, 'int32');
    for (let face = 1; face <= 6; face++) {
      const count = dice.data.filter((x) => x === face).length;
      // Four standard deviations of a binomial, √(6000·1/6·5/6) = 29.
      assert.ok(Math.abs(count - 1000) < 116, `${face}: ${count}`);
    }
    assert.notDeepEqual(rand([4]).toArray(), rand([4]).toArray());
    assert.throws(() => randint(2, 2, [1]), /no whole number/);
  });

  it('oneHot has a 1 at the place of each index', () => {
    assert.deepEqual(oneHot([[0, 2]], 3).toArray(), [
      [
        [1, 0, 0],
        [0, 0, 1],
      ],
    ]);
    assert.deepEqual(oneHot([1, 0]).shape, [2, 2]);
    assert.deepEqual(oneHot(zeros([0]), 2).shape, [0, 2]);
    assert.throws(() => oneHot([0, 3], 3), /oneHot: 3, at place 1/);
  });
});
