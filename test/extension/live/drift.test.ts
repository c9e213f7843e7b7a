import assert from 'node:assert/strict';
import fc from 'fast-check';
import { span, type Offset } from '../../../engine/base/span.ts';
import { Drift } from '../../../extension/live/drift.ts';

const slice = (text: string, where: { start: number; end: number }): string => text.slice(where.start, where.end);

describe('drift of a text', () => {
  it('keeps what stands before an edit and moves what stands after it', () => {
    const before = 'const a = 1; const b = 2;';
    const after = 'const a = 1000; const b = 2;';
    const drift = new Drift(before, after);
    assert.deepEqual(drift.spanAfter(span(6, 7)), span(6, 7));
    assert.deepEqual(drift.spanAfter(span(19, 20)), span(22, 23));
    assert.equal(drift.offsetBefore(22 as Offset), 19);
    assert.equal(drift.offsetBefore(3 as Offset), 3);
  });

  it('gives no place to what was edited', () => {
    const drift = new Drift('f(abc)', 'f(axxc)');
    assert.equal(drift.spanAfter(span(0, 6)), null);
    assert.equal(drift.spanAfter(span(3, 4)), null);
    assert.equal(drift.offsetBefore(4 as Offset), null);
  });

  it('is nothing for the same text', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), (text, a, b) => {
        const where = span(Math.min(a, b) % (text.length + 1), text.length);
        const drift = new Drift(text, text);
        assert.deepEqual(drift.spanAfter(where), where);
        assert.equal(drift.offsetBefore(where.start), where.start);
      }),
    );
  });

  it('only ever leads to the same characters', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(text, text, text, text, fc.nat(40), fc.nat(40), (head, removed, added, tail, from, length) => {
        const before = head + removed + tail;
        const after = head + added + tail;
        const drift = new Drift(before, after);
        const start = from % (before.length + 1);
        const where = span(start, Math.min(before.length, start + length));
        const moved = drift.spanAfter(where);
        if (moved !== null) assert.equal(slice(after, moved), slice(before, where));
        for (let at = 0; at < after.length; at++) {
          const old = drift.offsetBefore(at as Offset);
          if (old !== null) assert.equal(before[old], after[at]);
        }
      }),
    );
  });
});
