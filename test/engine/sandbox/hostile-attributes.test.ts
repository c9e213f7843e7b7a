import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type OpName, ops } from '../../../engine/ops/index.ts';
import { attributesOf } from '../../../engine/sandbox/host/attributes.ts';
import { RunStopped } from '../../../engine/sandbox/host/limits.ts';
import { Tape } from '../../../engine/sandbox/host/tape.ts';
import { dtypes } from '../../../engine/sandbox/stream.ts';
import { useRuntime } from '../../../engine/tensor/current-runtime.ts';
import { sizeOf } from '../../../engine/tensor/shape.ts';

const number = fc.constantFrom(
  0,
  1,
  2,
  3,
  -1,
  -2,
  0.5,
  -0,
  7,
  255,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e308,
  NaN,
  Infinity,
  -Infinity,
);
const value = fc.oneof(
  { weight: 4, arbitrary: number },
  fc.array(number, { maxLength: 5 }),
  fc.constantFrom(null, true, false, '', 'mean', 'constructor', 'NaN'),
);
const limits = { tensorBytes: 2 ** 20, nodes: 1000 };

/** Each op as a guest could ask for it that is none of the library's: any attributes, of the right names or not. */
describe('attributes that no library would send', function () {
  this.timeout(60_000);
  for (const name of Object.keys(ops) as OpName[]) {
    const { samples, variadic, inputs } = ops[name]!;
    it(`are refused or make a tensor of the size it says: ${name}`, () => {
      const sample = fc.constantFrom(...samples);
      const changes = fc.array(fc.tuple(fc.nat(5), value), { maxLength: 3 });
      fc.assert(
        fc.property(sample, changes, fc.boolean(), ({ shapes, attributes = {}, contents }, changed, recording) => {
          const names = [...Object.keys(attributes), 'dim', 'shape', '__proto__'];
          const sent = { ...attributes };
          for (const [at, to] of changed)
            Object.defineProperty(sent, names[at % names.length]!, {
              value: to,
              enumerable: true,
              configurable: true,
              writable: true,
            });
          const tape = new Tape(limits);
          const before = useRuntime(tape.runtime);
          try {
            const nodes = shapes.map((shape, i) => {
              const content = contents?.[i];
              const data = Float64Array.from({ length: sizeOf(shape) }, (_, k) => content?.[k] ?? k / 7);
              return tape.leaf('constant', dtypes.indexOf(content ? 'int32' : 'float32'), false, data, shape);
            });
            assert.ok(variadic || nodes.length === inputs.length);
            const made = tape.apply(name, nodes, attributesOf(sent), recording);
            assert.equal(made.data.length, sizeOf(made.shape));
            assert.ok(tape.bytes <= limits.tensorBytes);
          } catch (error) {
            if (!(error instanceof RunStopped)) refused(error);
          } finally {
            useRuntime(before);
          }
        }),
        { seed: 11, numRuns: 200 },
      );
    });
  }
});

/** What is no list where one is needed is stumbled over, which ends the run; memory that was not asked for first would be a RangeError. */
function refused(error: unknown): void {
  assert.ok(error instanceof Error);
  assert.match(error.name, /^(ShapeError|ArgumentError|DTypeError|TypeError)$/, error.stack);
}
