import assert from 'node:assert/strict';
import { Tensor } from '../../../engine/autograd/tensor.ts';
import { ops } from '../../../engine/ops/index.ts';
import { binaryWriter, countFrom, flush, nextTensor, write, writeTo } from '../../../engine/sandbox/guest/writer.ts';
import { codeMask, packed, packedOps, packedTensors, record } from '../../../engine/sandbox/stream.ts';
import type { Described } from '../../../engine/tensor/runtime.ts';

const scalar: Described = { shape: [], dtype: 'float32', requiresGrad: true };

/** What was sent since the last time. */
function sent(): number[] {
  flush();
  return pages.splice(0).flat();
}
const pages: number[][] = [];

describe("the guest's writer", () => {
  before(() => writeTo((bytes, count) => void pages.push([...new Float64Array(bytes, 0, count)])));

  const multiply = binaryWriter(
    5,
    () => scalar,
    (a, b) => {
      write(record.apply, 5, 0, 1, 2, ...[a, b].map((x) => (x as Tensor).handle as number));
      return new Tensor(nextTensor(), scalar);
    },
  );

  it('has room in one number for every op', () => {
    assert.ok(Object.keys(ops).length <= packedOps, `${Object.keys(ops).length} ops`);
  });

  it('tells an op and its tensors in one number, exactly', () => {
    countFrom(0);
    const [a, b] = [new Tensor(packedTensors - 1, scalar), new Tensor(packedTensors - 2, scalar)];
    const made = multiply(a, b);
    assert.equal(made.handle, 0);
    // 18 + 5·2⁵ + (2²⁰ − 1)·2¹³ + (2²⁰ − 2)·2³³: 53 bits, all of which a float64 has.
    const expected = 18n + (5n << 5n) + (((1n << 20n) - 1n) << 13n) + (((1n << 20n) - 2n) << 33n);
    assert.deepEqual(sent().map(BigInt), [expected]);
  });

  it('tells tensors with larger numbers one by one', () => {
    countFrom(packedTensors - 5000);
    let x: Tensor = new Tensor(nextTensor(), scalar);
    for (let i = 0; i < 10_000; i++) x = multiply(x, x);
    assert.equal(x.handle, packedTensors + 5000);
    const numbers = sent();
    let next = packedTensors - 5000;
    for (let i = 0; i < numbers.length; next++) {
      const head = numbers[i]!;
      if ((head & codeMask) === record.applyTwo) {
        assert.ok(next < packedTensors);
        assert.equal(head, record.applyTwo + 5 * packed.operand + next * (packed.tensor + packed.secondTensor));
        i += 1;
      } else {
        assert.deepEqual(numbers.slice(i, i + 6), [record.apply + 5 * packed.operand, 0, 1, 2, next, next]);
        i += 6;
      }
    }
    assert.equal(next, packedTensors + 5000);
    countFrom(0);
  });
});
