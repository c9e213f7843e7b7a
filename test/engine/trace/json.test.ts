import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeArray, encodeArray } from '../../../engine/trace/encode.ts';
import type { Trace } from '../../../engine/trace/format.ts';
import { TraceFormatError, parseTrace, writeTrace } from '../../../engine/trace/json.ts';
import { Sandbox } from '../sandbox/sandbox.ts';

const program = `import { input, model, optim, param } from 'retrograd';
const w = param([1, -0, Infinity, NaN]);
const mask = input([1, 0, 0, 0]).greater(0);
export const m = model(() => {
  let h = w.mul(2);
  for (let i = 0; i < 2; i++) h = h.add(i);
  console.log('h', h);
  return h.sum();
}, { optimizer: optim.sgd({ lr: 0.5 }) });
export const failing = model(() => { throw new Error('later'); });
`;

describe('a trace as JSON', () => {
  let trace: Trace;
  before(async () => {
    const sandbox = new Sandbox();
    trace = (await sandbox.run(program)).trace!;
    sandbox.dispose();
  });

  it('is the same trace when it is read again, to the last bit', () => {
    const read = parseTrace(writeTrace(trace));
    assert.deepEqual(read, trace);
    const data = read.nodes[0]!.value.data!;
    assert.ok(data instanceof Float32Array && Object.is(data[1], -0) && data[2] === Infinity && Number.isNaN(data[3]));
    assert.ok(read.nodes.some(({ dtype, value }) => dtype === 'bool' && value.data instanceof Uint8Array));
    assert.ok(Number.isNaN(read.passes[0]!.step!.lossAfter));
  });

  it('is the same text for the same trace', () =>
    assert.equal(writeTrace(parseTrace(writeTrace(trace))), writeTrace(trace)));

  it('is refused with a reason when it is none', () => {
    const text = writeTrace(trace);
    const changed = (from: string, to: string): string => {
      assert.ok(text.includes(from), from);
      return text.replace(from, to);
    };
    const cases: readonly [string, RegExp][] = [
      ['', /not JSON/],
      ['[]', /trace\.format/],
      ['null', /not an object/],
      [changed('retrograd-trace/1', 'retrograd-trace/2'), /trace\.format is not one of retrograd-trace\/1/],
      [changed('"dtype":"float32","shape"', '"dtype":"float31","shape"'), /nodes\[0\]\.dtype/],
      [changed('"dtype":"float32","base64"', '"dtype":"__proto__","base64"'), /array is malformed/],
      [changed('"base64":"', '"base64":"!'), /array is malformed/],
      [changed('{"$number":"NaN"}', '{"$number":"1"}'), /number is malformed/],
      [changed('"$map":[[', '"$map":[[1,2,3],['), /map is malformed/],
      [changed('"loss":', '"loss":9'), /refers to what it does not hold/],
      [changed('"inputs":[0,', '"inputs":[999,'), /refers to what it does not hold/],
    ];
    for (const [wrong, reason] of cases) {
      assert.throws(
        () => parseTrace(wrong),
        (error) => error instanceof TraceFormatError && reason.test(error.message),
        wrong.slice(0, 60),
      );
    }
  });

  it('is read or refused, whatever a text holds', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 3 }), (json, at, change) => {
        const text = writeTrace(trace);
        const place = at % text.length;
        for (const candidate of [json, text.slice(0, place) + change + text.slice(place + 1)]) {
          try {
            parseTrace(candidate);
          } catch (error) {
            assert.ok(error instanceof TraceFormatError, String(error));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the bytes of arrays as base64 of RFC 4648', () => {
    // Its own examples, as bytes of "foobar".
    for (const [text, base64] of [
      ['', ''],
      ['f', 'Zg=='],
      ['fo', 'Zm8='],
      ['foo', 'Zm9v'],
      ['foobar', 'Zm9vYmFy'],
    ] as const) {
      const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
      assert.deepEqual(encodeArray(bytes), { dtype: 'bool', base64 });
      assert.deepEqual(decodeArray('bool', base64), bytes);
    }
    assert.equal(decodeArray('float32', 'Zg=='), null);
    fc.assert(
      fc.property(fc.float64Array(), (array) =>
        assert.deepEqual(decodeArray('float64', encodeArray(array).base64), array),
      ),
    );
  });
});
