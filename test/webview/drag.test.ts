import assert from 'node:assert/strict';
import { dragged, stepped, written } from '../../webview/inspector/drag.ts';

describe('a number that is moved', () => {
  const steps: readonly (readonly [from: number, units: number, to: number])[] = [
    [0.8, 1, 0.81],
    [0.8, -10, 0.7],
    [Math.fround(0.8), 1, 0.81],
    [15, 1, 16],
    [-1.1, 1, -1],
    [-1.1, -1, -1.2],
    [0, 1, 0.01],
    [0.01, -1, 0],
    [0.001, 1, 0.01],
    [1234, 1, 1300],
    [0.3, 10, 0.4],
  ];
  for (const [from, units, to] of steps)
    it(`by the keys: ${from} by ${units}`, () => assert.equal(stepped(from, units), to));

  const drags: readonly (readonly [from: number, pixels: number, coarse: boolean, to: number])[] = [
    [0.8, 100, false, 0.9],
    [0.8, -1, false, 0.799],
    [0.8, 10, true, 0.9],
    [0, 50, false, 0.05],
    [25, 10, false, 26],
    [-0.2, 200, false, 0],
    [0.8, 0.4, false, 0.8],
  ];
  for (const [from, pixels, coarse, to] of drags)
    it(`by dragging: ${from} by ${pixels}${coarse ? ' with Shift' : ''}`, () =>
      assert.equal(dragged(from, pixels, coarse), to));

  it('is written as people type it', () => {
    assert.equal(written(Math.fround(0.1)), '0.1');
    assert.equal(written(0.1), '0.1');
    assert.equal(written(Math.fround(1 / 3)), '0.33333334');
    assert.equal(written(1e-20), '1e-20');
    assert.equal(written(-5), '-5');
    assert.equal(written(NaN), 'NaN');
  });
});
