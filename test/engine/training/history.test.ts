import assert from 'node:assert/strict';
import fc from 'fast-check';
import { History } from '../../../engine/training/history.ts';

const values = fc.oneof(
  { weight: 9, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) },
);
const runs = fc.record({
  limit: fc.integer({ min: 8, max: 60 }),
  all: fc.array(values, { minLength: 1, maxLength: 900 }),
});

function historyOf(limit: number, all: readonly number[]): History {
  const history = new History(limit);
  all.forEach((value, i) => history.add(i + 1, value));
  return history;
}

describe('the history of a quantity', () => {
  it('has no more points than it may, each as it was told, in order', () => {
    fc.assert(
      fc.property(runs, ({ limit, all }) => {
        const { steps, values: kept } = historyOf(limit, all).series;
        assert.ok(steps.length <= limit, `${steps.length} points of ${limit}`);
        assert.equal(kept.length, steps.length);
        steps.forEach((step, i) => {
          assert.ok(i === 0 || step > steps[i - 1]!);
          const told = all[step - 1]!;
          assert.equal(kept[i], Number.isFinite(told) ? told : null);
        });
      }),
      { seed: 61 },
    );
  });

  it('keeps the first and the last, the smallest and the largest, and a number that is none', () => {
    fc.assert(
      fc.property(runs, ({ limit, all }) => {
        const { steps, values: kept } = historyOf(limit, all).series;
        assert.equal(steps[0], 1);
        assert.equal(steps.at(-1), all.length);
        const finite = all.filter(Number.isFinite);
        if (finite.length > 0) {
          const there = kept.filter((value) => value !== null);
          // Not Math.min: of −0 and 0 either may stay.
          assert.ok(there.some((value) => value === Math.min(...finite) || (value === 0 && Math.min(...finite) === 0)));
          assert.ok(there.some((value) => value === Math.max(...finite) || (value === 0 && Math.max(...finite) === 0)));
        }
        assert.equal(kept.includes(null), finite.length < all.length);
      }),
      { seed: 62 },
    );
  });

  it('has everything while that is little', () => {
    const { steps, values: kept } = historyOf(20, [3, 1, 4, 1, 5]).series;
    assert.deepEqual(
      [steps, kept],
      [
        [1, 2, 3, 4, 5],
        [3, 1, 4, 1, 5],
      ],
    );
  });

  it('still has one spike in a million steps', () => {
    const history = new History(100);
    for (let step = 1; step <= 1_000_000; step++) history.add(step, step === 777_777 ? 50 : 1 / step);
    const { steps, values: kept } = history.series;
    assert.equal(kept[steps.indexOf(777_777)], 50);
    assert.ok(steps.length <= 100);
  });
});
