import assert from 'node:assert/strict';
import { elementAt, indicesOf } from '../../../engine/base/indices.ts';

describe('the place of an element', () => {
  const cases: readonly (readonly [shape: number[], element: number, indices: number[]])[] = [
    [[], 0, []],
    [[5], 3, [3]],
    [[2, 3], 4, [1, 1]],
    [[2, 3, 4], 23, [1, 2, 3]],
    [[2, 1, 4], 5, [1, 0, 1]],
  ];
  for (const [shape, element, indices] of cases) {
    it(`${element} of [${shape.join()}], there and back`, () => {
      assert.deepEqual(indicesOf(shape, element), indices);
      assert.equal(elementAt(shape, indices), element);
    });
  }
});
