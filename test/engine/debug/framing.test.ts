import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { FramingError, MessageReader, writeMessage } from '../../../engine/node/dap/framing.ts';

describe('the framing of debug messages', () => {
  it('gives back what was written, however the bytes are cut', () =>
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 5 }),
        fc.array(fc.nat(200), { minLength: 1 }),
        (messages, cuts) => {
          const stream = new PassThrough();
          for (const message of messages) writeMessage(stream, message);
          const bytes = (stream.read() as Buffer | null) ?? Buffer.alloc(0);
          const reader = new MessageReader();
          const read: unknown[] = [];
          for (let at = 0, i = 0; at < bytes.length; i++) {
            const end = at + 1 + cuts[i % cuts.length]!;
            read.push(...reader.read(bytes.subarray(at, end)));
            at = end;
          }
          assert.deepEqual(read, JSON.parse(JSON.stringify(messages)));
        },
      ),
      { seed: 20260802 },
    ));

  for (const [what, text] of [
    ['no length', 'Content-Type: text\r\n\r\n{}'],
    ['a length that is no number', 'Content-Length: many\r\n\r\n{}'],
    ['a length beyond all reason', 'Content-Length: 999999999999\r\n\r\n{}'],
    ['no end of the header', 'x'.repeat(5000)],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => new MessageReader().read(Buffer.from(text)), FramingError);
    });
  }

  it('hands on what is no JSON as nothing', () => {
    assert.deepEqual(new MessageReader().read(Buffer.from('Content-Length: 2\r\n\r\n{!')), [null]);
  });
});
