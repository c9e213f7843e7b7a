import assert from 'node:assert/strict';
import * as rg from '../../../engine/library.ts';
import { close, row } from './close.ts';

const f64 = { dtype: 'float64' } as const;
const x = rg.tensor([3, 1, 4, 4, NaN, 9], f64);

describe('running extremes', () => {
  it('are the largest so far, with the last place of equals, and NaN from where it stands', () => {
    const { values, indices } = x.cummax(0);
    assert.deepEqual(values.toArray(), [3, 3, 4, 4, NaN, NaN]);
    assert.deepEqual([indices.toArray(), indices.dtype], [[0, 0, 2, 3, 4, 4], 'int32']);
    assert.deepEqual(rg.cummin(x.slice(0, 0, 4), -1).values.toArray(), [3, 1, 1, 1]);
    assert.deepEqual(rg.tensor(7).cummax(0).values.toArray(), 7);
    assert.throws(() => x.cummax(1), /^ShapeError: cummax: dimension 1 does not exist/);
  });

  it('give the gradient to the places that they name', () => {
    const w = rg.param([[1, 3, 2, 5]], f64);
    w.cummax(1).values.mul([1, 10, 100, 1000]).sum().backward();
    assert.deepEqual(w.grad?.toArray(), [[1, 110, 0, 1000]]);
  });
});

describe('logcumsumexp', () => {
  it('neither overflows nor underflows, in any order of its elements', () => {
    // ln(e^−1000 + e^−1000) = −1000 + ln 2; beside 800 both are nothing.
    close(
      row(rg.tensor([-1000, -1000, 800, 800], f64).logcumsumexp(0)),
      [-1000, -1000 + Math.LN2, 800, 800 + Math.LN2],
      0,
    );
    assert.deepEqual(rg.logcumsumexp([-Infinity, 0], 0).toArray(), [-Infinity, 0]);
    assert.deepEqual(rg.zeros([0, 2]).logcumsumexp(1).shape, [0, 2]);
  });
});

describe('diff', () => {
  it('takes each element from the next, as often as it is told', () => {
    const y = rg.tensor([[1, 4, 9, 16]]);
    assert.deepEqual(y.diff().toArray(), [[3, 5, 7]]);
    assert.deepEqual(y.diff({ n: 2 }).toArray(), [[2, 2]]);
    assert.deepEqual(y.diff({ n: 9 }).shape, [1, 0]);
    assert.deepEqual(y.diff({ dim: 0 }).shape, [0, 4]);
    assert.throws(() => y.diff({ n: -1 }), /^ArgumentError: diff: n must be a whole number from 0, not −?-1/);
    assert.throws(() => rg.tensor(1).diff(), /^ShapeError: diff: dimension -1 does not exist/);
  });
});

describe('cdist', () => {
  it('is the distance of each row from each, with no gradient where it is 0', () => {
    const a = rg.param(
      [
        [0, 0],
        [3, 4],
      ],
      f64,
    );
    const distances = rg.cdist(a, [[0, 0]]);
    assert.deepEqual(distances.toArray(), [[0], [5]]);
    distances.sum().backward();
    close(row(a.grad!), [0, 0, 0.6, 0.8], 1e-15);
    assert.deepEqual(rg.cdist(a, [[1, 1]], { p: 1 }).toArray(), [[2], [5]]);
    assert.throws(() => rg.cdist(a, [[1, 2, 3]]), /^ShapeError: cdist: \[2, 2\] and \[1, 3\]/);
  });
});

describe('bincount', () => {
  const labels = rg.tensor([1, 4, 1], { dtype: 'int32' });

  it('counts, or adds up weights, which get their gradient', () => {
    const counts = labels.bincount();
    assert.deepEqual([counts.toArray(), counts.dtype], [[0, 2, 0, 0, 1], 'int32']);
    assert.deepEqual(labels.bincount({ minlength: 6 }).shape, [6]);
    const weights = rg.param([1, 2, 3]);
    const sums = labels.bincount({ weights });
    assert.deepEqual(sums.toArray(), [0, 4, 0, 0, 2]);
    sums.mul([1, 10, 1, 1, 100]).sum().backward();
    assert.deepEqual(weights.grad?.toArray(), [10, 100, 10]);
    assert.deepEqual(rg.zeros([0], { dtype: 'int32' }).bincount().shape, [0]);
  });

  it('refuses what it cannot count', () => {
    assert.throws(() => rg.bincount([-1, 2]), /^ArgumentError: bincount: -1 is no whole number from 0\./);
    assert.throws(() => rg.bincount([0.5]), /^ArgumentError: bincount: 0\.5 is no whole number/);
    assert.throws(() => rg.bincount([[1]]), /^ShapeError: bincount: needs a vector, not \[1, 1\]/);
    assert.throws(() => labels.bincount({ weights: [1] }), /^ShapeError: bincount: weights \[1\] for elements \[3\]/);
  });
});

describe('matMul', () => {
  it('transposes as TensorFlow.js does when it is told to', () => {
    const [a, b] = [
      rg.tensor([
        [1, 2],
        [3, 4],
      ]),
      rg.tensor([
        [5, 6],
        [7, 8],
      ]),
    ];
    assert.deepEqual(rg.matMul(a, b).toArray(), [
      [19, 22],
      [43, 50],
    ]);
    assert.deepEqual(a.matMul(b, true).toArray(), [
      [26, 30],
      [38, 44],
    ]);
    assert.deepEqual(a.matMul(b, false, true).toArray(), [
      [17, 23],
      [39, 53],
    ]);
  });
});
