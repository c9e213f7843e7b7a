import assert from 'node:assert/strict';
import fc from 'fast-check';
import { histogram } from '../../../engine/training/histogram.ts';
import { Ridges } from '../../../engine/training/ridges.ts';

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

describe('a histogram', () => {
  it('counts by equally wide bins from the smallest to the largest', () => {
    // 32 bins over 0…32: bin i holds [i, i + 1), and the last one 32 as well.
    const { low, high, counts } = histogram([0, 0.5, 1, 31.5, 32], 'linear');
    assert.deepEqual([low, high, counts.length], [0, 32, 32]);
    assert.deepEqual([counts[0], counts[1], counts[31]], [2, 1, 2]);
    assert.equal(total(counts), 5);
  });

  it('counts magnitudes by their logarithm, and zeros apart', () => {
    const { low, high, counts, zeros } = histogram([0, -1e-8, 1e-8, 1, 0, -0], 'log10');
    assert.deepEqual([low, high, zeros], [-8, 0, 3]);
    assert.deepEqual([counts[0], counts[31], total(counts)], [2, 1, 3]);
  });

  it('has room round elements that are all equal', () => {
    const { low, high, counts } = histogram([3, 3, 3], 'linear');
    assert.deepEqual([low, high, counts[16], total(counts)], [1.5, 4.5, 3, 3]);
  });

  it('counts every finite element once', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), fc.constantFrom('linear' as const, 'log10' as const), (data, scale) => {
        const { low, high, counts, zeros } = histogram(data, scale);
        const finite = data.filter(Number.isFinite);
        assert.equal(total(counts) + zeros, finite.length);
        assert.ok(Number.isFinite(low) && Number.isFinite(high) && low <= high);
      }),
      { seed: 63 },
    );
  });
});

describe('ridgelines', () => {
  it('have a bounded number of steps, the first among them, evenly spaced', () => {
    const ridges = new Ridges();
    for (let step = 1; step <= 5000; step++)
      if (ridges.isDue(step)) ridges.add(step, [{ name: 'h', of: 'activation', data: [step, 2 * step] }]);
    const [line] = ridges.ridgelines;
    assert.ok(line!.steps.length <= 24 && line!.steps.length >= 10, String(line!.steps.length));
    assert.equal(line!.steps[0], 1);
    const gaps = new Set(line!.steps.slice(1).map((step, i) => step - line!.steps[i]!));
    assert.equal(gaps.size, 1);
    assert.deepEqual(
      line!.ridges.map(({ low }) => low),
      line!.steps,
    );
  });

  it('are of a bounded number of tensors of each kind', () => {
    const ridges = new Ridges();
    const data = [1, 2];
    const names = Array.from({ length: 100 }, (_, i) => `h${i}`);
    ridges.add(
      1,
      names.flatMap((name) => [
        { name, of: 'activation' as const, data },
        { name, of: 'gradient' as const, data },
      ]),
    );
    assert.equal(ridges.ridgelines.length, 24);
  });
});
