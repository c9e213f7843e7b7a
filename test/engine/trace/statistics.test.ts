import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maxElements } from '../../../engine/trace/format.ts';
import { contentOf, statisticsOf } from '../../../engine/trace/statistics.ts';

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) <= 1e-12 * Math.abs(expected), `${actual} is not ${expected}`);

describe('the statistics of a tensor', () => {
  it('are those of its numbers', () => {
    // Mean 2, squared distances 9 + 1 + 1 + 9 + 0 = 20 over 5; squares 1 + 1 + 9 + 25 + 4 = 40.
    const statistics = statisticsOf([-1, 1, 3, 5, 2]);
    assert.deepEqual(
      { ...statistics, deviation: 0, norm: 0 },
      {
        size: 5,
        min: -1,
        max: 5,
        mean: 2,
        deviation: 0,
        norm: 0,
        // (1 + 1 + 3 + 5 + 2) / 5
        magnitude: 2.4,
        negative: 1,
        zero: 0,
        positive: 4,
        negativeInfinity: 0,
        positiveInfinity: 0,
        nan: 0,
      },
    );
    near(statistics.deviation, 2);
    near(statistics.norm, Math.sqrt(40));
  });

  it('leave out what is not finite, and count it', () => {
    const { size, min, max, mean, norm, zero, negativeInfinity, positiveInfinity, nan } = statisticsOf([
      NaN,
      3,
      Infinity,
      -Infinity,
      4,
      -0,
      NaN,
    ]);
    assert.deepEqual(
      [size, min + 0, max, norm, zero, negativeInfinity, positiveInfinity, nan],
      [7, 0, 4, 5, 1, 1, 1, 2],
    );
    near(mean, 7 / 3);
  });

  it('are not numbers when there are none', () => {
    for (const data of [[], [NaN, Infinity]]) {
      const { size, min, max, mean, deviation, norm, magnitude } = statisticsOf(data);
      assert.equal(size, data.length);
      for (const measure of [min, max, mean, deviation, norm, magnitude]) assert.ok(Number.isNaN(measure));
    }
  });

  it('neither overflow nor vanish', () => {
    near(statisticsOf([3e200, -4e200]).norm, 5e200);
    near(statisticsOf([3e-200, 4e-200]).norm, 5e-200);
    assert.equal(statisticsOf([0, 0]).norm, 0);
    for (const large of [
      [1e308, 1e308],
      [Number.MAX_VALUE, Number.MAX_VALUE, Number.MAX_VALUE],
    ]) {
      const { mean, deviation } = statisticsOf(large);
      near(mean, large[0]!);
      assert.equal(deviation, 0);
    }
    near(statisticsOf([1e200, -1e200]).deviation, 1e200);
  });

  it('have the deviation of numbers that lie close together', () => near(statisticsOf([1e8, 1e8 + 2]).deviation, 1));

  it('hold for any numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (data) => {
        const { min, max, mean, norm, deviation, negative, zero, positive } = statisticsOf(data);
        assert.equal(negative + zero + positive, data.length);
        assert.ok(
          min <= mean * (1 + 1e-9 * Math.sign(mean)) + Number.MIN_VALUE &&
            mean * (1 - 1e-9 * Math.sign(mean)) <= max + Number.MIN_VALUE,
          `${min} ${mean} ${max}`,
        );
        assert.ok(norm >= Math.max(Math.abs(min), Math.abs(max)) * (1 - 1e-9));
        assert.ok(deviation >= 0);
      }),
    );
  });

  it('stand for tensors whose content a trace leaves out', () => {
    assert.equal(contentOf(new Float32Array(maxElements)).data?.length, maxElements);
    const { data, statistics } = contentOf(new Float32Array(maxElements + 1).fill(2));
    assert.equal(data, null);
    assert.deepEqual([statistics.size, statistics.mean, statistics.deviation], [maxElements + 1, 2, 0]);
  });
});
