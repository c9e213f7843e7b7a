import assert from 'node:assert/strict';
import fc from 'fast-check';
import { columnsOf, valueAt } from '../../webview/training/series.ts';
import type { Series } from '../../engine/protocol/training.ts';

const series: fc.Arbitrary<Series> = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 30 }).chain((steps) =>
  fc.record({
    steps: fc.constant(steps.sort((a, b) => a - b)),
    values: fc.array(fc.option(fc.double({ noNaN: true })), { minLength: steps.length, maxLength: steps.length }),
  }),
);

describe('series of a chart', () => {
  it('share the steps that any of them has, with what each has there and nothing else', () => {
    fc.assert(
      fc.property(fc.array(series, { maxLength: 4 }), (lines) => {
        const { steps, values } = columnsOf(lines, false);
        assert.deepEqual(
          steps,
          [...new Set(lines.flatMap((line) => line.steps))].sort((a, b) => a - b),
        );
        lines.forEach((line, i) => {
          assert.equal(values[i]!.length, steps.length);
          steps.forEach((step, row) => {
            const at = line.steps.indexOf(step);
            assert.ok(Object.is(values[i]![row], at < 0 ? undefined : line.values[at]));
          });
        });
      }),
    );
  });

  it('have gaps where there is no logarithm', () => {
    const line = { steps: [1, 2, 3, 4], values: [0.5, 0, -2, null] };
    assert.deepEqual(columnsOf([line], true).values, [[0.5, null, null, null]]);
    assert.deepEqual(columnsOf([line], false).values, [[0.5, 0, -2, null]]);
  });

  it('are read at the last step that was kept', () => {
    const line: Series = { steps: [1, 10, 20], values: [3, null, 5] };
    const read = [0, 1, 9, 10, 19, 20, 99].map((step) => valueAt(line, step));
    assert.deepEqual(read, [undefined, 3, 3, null, null, 5, 5]);
    fc.assert(
      fc.property(series, fc.integer({ min: 0, max: 70 }), (one, step) => {
        const kept = one.steps.filter((at) => at <= step).length;
        assert.ok(Object.is(valueAt(one, step), kept === 0 ? undefined : one.values[kept - 1]));
      }),
    );
  });
});
