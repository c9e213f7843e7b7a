import assert from 'node:assert/strict';
import type { Tensor } from '../../../engine/library.ts';

/** Equal up to `tolerance` relative to the largest of the expected numbers, but at least 1. */
export function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  const wanted = Array.from(expected);
  const scale = wanted.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  wanted.forEach((x, i) =>
    assert.ok(Math.abs(x - actual[i]!) <= tolerance * scale, `element ${i}: ${actual[i]!}, expected ${x}`),
  );
}

/** The content as one list. */
export const row = (x: Tensor): number[] => Array.from(x.data);
