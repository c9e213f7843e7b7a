import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ModulePath, SiteId } from '../../../engine/base/brand.ts';
import { span } from '../../../engine/base/span.ts';
import { Contents } from '../../../engine/sandbox/host/contents.ts';
import { RunStopped } from '../../../engine/sandbox/host/limits.ts';
import { Recorder } from '../../../engine/sandbox/host/recorder.ts';
import { Replay } from '../../../engine/sandbox/host/replay.ts';
import { Tape } from '../../../engine/sandbox/host/tape.ts';
import { Texts } from '../../../engine/sandbox/host/texts.ts';
import { packed, record } from '../../../engine/sandbox/stream.ts';
import { useRuntime } from '../../../engine/tensor/current-runtime.ts';
import { ShapeError } from '../../../engine/tensor/errors.ts';

const main = 'main.ts' as ModulePath;
const places = {
  site: (id: number) =>
    id === 1 ? { id: 1 as SiteId, file: main, span: span(0, 1), kind: 'name' as const, name: 'a', of: null } : null,
  scope: (id: number) =>
    id === 2
      ? { id: 2 as SiteId, kind: 'loop' as const, name: 'i', file: main, span: span(0, 9), isRepeatable: false }
      : null,
};

/** Small numbers hit tensors, ops and texts that exist; the rest is what only a forger sends. */
const operand = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -1, max: 6 }) },
  fc.integer({ min: 0, max: 60 }),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
);
const forgedRecord = fc
  .tuple(fc.constantFrom(...Object.values(record), 0, 31), operand, fc.array(operand, { maxLength: 9 }))
  .map(([code, first, operands]) => [code + first * packed.operand, ...operands]);
const text = fc.oneof(
  fc.constantFrom(
    '{}',
    '{"dim":0}',
    '{"dim":[9]}',
    '{"shape":[2,1]}',
    '{"dim":0,"start":0,"end":null,"step":0}',
    '{"seed":1}',
    '[]',
    '{',
    '{"dim":{}}',
  ),
  fc.json(),
);

describe('the stream from the guest', () => {
  it('is replayed or refused, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(forgedRecord, { maxLength: 40 }), fc.array(text, { maxLength: 6 }), (records, texts) => {
        const tape = new Tape({ tensorBytes: 2 ** 20, nodes: 1000 });
        const recorder = new Recorder(main, places);
        const replay = new Replay(
          tape,
          recorder,
          places,
          () => undefined,
          () => undefined,
        );
        const before = useRuntime(tape.runtime);
        try {
          for (const each of texts) replay.texts.intern(each);
          for (let i = 0; i < 4; i++) replay.contents.add(new Float64Array([1, 2]).buffer);
          // Two sound tensors to build on: a parameter and a constant of shape [2].
          replay.run(Float64Array.from([record.leaf, 0, 0, 1, 0, 1, 2, record.leaf, 2, 0, 0, 1, 1, 2]).buffer, 14);
          for (const numbers of records) replay.run(Float64Array.from(numbers).buffer, numbers.length);
        } catch (error) {
          assert.ok(
            error instanceof RunStopped || error instanceof ShapeError,
            String(error instanceof Error ? error.stack : error),
          );
        } finally {
          useRuntime(before);
        }
        const { table } = recorder;
        for (let id = 0; id < table.count; id++)
          for (let i = table.inputsFrom(id); i < table.inputsFrom(id + 1); i++)
            assert.ok(table.inputAt(i) >= 0 && table.inputAt(i) < id);
      }),
      { numRuns: 3000 },
    );
  });

  it('has the length it says', () => {
    const replay = new Replay(
      new Tape({ tensorBytes: 100, nodes: 1 }),
      new Recorder(main, places),
      places,
      () => undefined,
      () => undefined,
    );
    for (const count of [-1, 0.5, NaN, 3, 2 ** 32])
      assert.throws(() => replay.run(new ArrayBuffer(8), count), RunStopped);
    assert.throws(() => replay.contents.add(new ArrayBuffer(7)), RunStopped);
    assert.throws(() => replay.contents.add(new ArrayBuffer(104)), RunStopped);
  });

  it('holds contents and texts that are never used to the limits too', () => {
    const contents = new Contents({ tensorBytes: 100 });
    assert.equal(contents.add(new ArrayBuffer(96)), 0);
    assert.throws(() => contents.add(new ArrayBuffer(8)), RunStopped);
    const taken = new Contents({ tensorBytes: 100 });
    for (let i = 0; i < 3; i++) assert.equal(taken.take(taken.add(new ArrayBuffer(96))).length, 12);
    assert.throws(() => taken.take(0), RunStopped);
    const texts = new Texts();
    texts.intern('x'.repeat(2 ** 24));
    texts.intern('y'.repeat(2 ** 24));
    assert.throws(() => texts.intern('z'), RunStopped);
  });

  it('asks for no memory of a size that is not a number', () => {
    const tape = new Tape({ tensorBytes: 100, nodes: 100 });
    // 2³¹⁻¹ forty times is beyond all numbers, and that times 0 is none.
    const shape = [...Array.from({ length: 40 }, () => 2 ** 31 - 1), 0];
    assert.throws(() => tape.generate('randn', 0, { seed: 1 }, shape), RunStopped);
    // The sum stays over the limit: all that comes after is refused.
    assert.throws(() => tape.generate('randn', 0, { seed: 1 }, [1]), RunStopped);
  });
});
