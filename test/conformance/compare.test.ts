import assert from 'node:assert/strict';
import { contentOf } from '../../engine/trace/statistics.ts';
import { compare } from './compare.ts';
import { exact } from './conform.ts';
import type { Encoded, ReferenceCase } from './reference.ts';

type Numbers = readonly Encoded[] | null;

/** Complaints about one node that is `made` and should be `expected`: values, then gradients. */
function complaints(
  made: { values?: readonly number[]; gradient?: readonly number[] | null; shape?: readonly number[] },
  expected: { values?: Numbers; gradient?: Numbers },
): string[] {
  const { values = [0, 0], gradient = null, shape = [values.length] } = made;
  const one: ReferenceCase = {
    id: 'one',
    nodes: [{ id: 0, op: 'tanh', shape: [values.length], in: [] }],
    loss: 0,
    expected: { values: [expected.values ?? null], grads: [expected.gradient ?? null] },
  };
  const ran = {
    shape,
    dtype: 'float64',
    value: contentOf(Float64Array.from(values)),
    gradient: gradient && contentOf(Float64Array.from(gradient)),
  };
  return compare(one, [ran], exact).differences.map(({ what }) => what);
}

describe('comparing with a reference', () => {
  it('allows 1e-9 of the largest element, and of 1 where all are smaller', () => {
    assert.deepEqual(complaints({ values: [1e3, 5e-7] }, { values: [1e3, 0] }), []);
    assert.deepEqual(complaints({ values: [1e3, 2e-6] }, { values: [1e3, 0] }), ['value[1] is 0.000002, expected 0']);
    assert.deepEqual(complaints({ values: [1e-9, 0] }, { values: [0, 0] }), []);
    assert.deepEqual(complaints({ values: [2e-9, 0] }, { values: [0, 0] }), ['value[0] is 2e-9, expected 0']);
  });

  it('wants the same infinities and the same NaN, and takes −0 for 0', () => {
    assert.deepEqual(complaints({ values: [NaN, -Infinity, -0] }, { values: ['NaN', '-Infinity', 0] }), []);
    for (const [made, expected] of [
      [0, 'NaN'],
      [NaN, 0],
      [NaN, 'Infinity'],
      [Infinity, 'NaN'],
      [Infinity, '-Infinity'],
      [1e308, 'Infinity'],
      [Infinity, 1e308],
    ] as const)
      assert.equal(complaints({ values: [made] }, { values: [expected] }).length, 1, `${made} for ${expected}`);
  });

  it('does not let an infinite element excuse the others', () => {
    assert.equal(complaints({ values: [Infinity, 1] }, { values: ['Infinity', 2] }).length, 1);
  });

  it('takes none or zero for a gradient that the reference does not have', () => {
    assert.deepEqual(complaints({ gradient: null }, { gradient: null }), []);
    assert.deepEqual(complaints({ gradient: [0, -0] }, { gradient: null }), []);
    assert.equal(complaints({ gradient: [0, 1] }, { gradient: null }).length, 1);
    assert.equal(complaints({ gradient: [0, NaN] }, { gradient: null }).length, 1);
  });

  it('does not take none for a gradient that is zero', () => {
    assert.deepEqual(complaints({ gradient: null }, { gradient: [0, 0] }), ['gradient is missing, expected [0, 0]']);
  });

  it('wants the shape', () => {
    assert.deepEqual(complaints({ values: [1, 2], shape: [1, 2] }, { values: [1, 2] }), [
      'shape is [1, 2], expected [2]',
    ]);
  });

  it('compares statistics of what a trace has cut', () => {
    const large = Array.from({ length: 5000 }, (_, i) => i % 7);
    assert.deepEqual(complaints({ values: large }, { values: large }), []);
    assert.equal(complaints({ values: [...large.slice(0, -1), 7] }, { values: large }).length, 1);
  });
});
