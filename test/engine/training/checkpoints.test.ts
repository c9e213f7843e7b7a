import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Checkpoints } from '../../../engine/training/checkpoints.ts';
import { isDue } from '../../../engine/training/due.ts';
import { changedPages, withPages } from '../../../engine/training/pages.ts';

function afterSteps(steps: number, bytes: number): Checkpoints<{ step: number; bytes: number }> {
  const checkpoints = new Checkpoints<{ step: number; bytes: number }>();
  for (let step = 1; step <= steps; step++) if (checkpoints.isDue(step)) checkpoints.add({ step, bytes });
  return checkpoints;
}

describe('checkpoints', () => {
  it('are few however many steps there are, and never far before one', () => {
    for (const steps of [10, 100, 1000, 30_000]) {
      const checkpoints = afterSteps(steps, 1000);
      assert.ok(checkpoints.steps.length <= 32);
      for (let step = 1; step <= steps; step += 7) {
        const from = checkpoints.before(step)?.step ?? 0;
        assert.ok(from < step);
        assert.ok(step - from <= Math.max(16, steps / 8), `${step} from ${from} of ${steps}`);
      }
    }
  });

  it('take a bounded number of bytes, and are fewer where each is large', () => {
    const checkpoints = afterSteps(10_000, 10 * 2 ** 20);
    assert.ok(checkpoints.bytes <= 128 * 2 ** 20);
    assert.ok(checkpoints.steps.length >= 4);
  });
});

describe('steps that are looked at', () => {
  it('are all of the first, and few of many', () => {
    const due = (steps: number): number => Array.from({ length: steps }, (_, i) => i + 1).filter(isDue).length;
    assert.equal(due(64), 64);
    // 64 of each doubling, of which there are log₂(100,000 / 64) = 10.6.
    assert.ok(due(100_000) <= 64 * 12);
    assert.ok(due(100_000) >= 64 * 10);
  });
});

describe('the changed pages of a memory', () => {
  it('make it again', () => {
    const memories = fc.tuple(
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 5000 }),
      fc.integer({ min: 0, max: 9000 }),
    );
    const changes = fc.array(fc.tuple(fc.nat(20_000), fc.integer({ min: 1, max: 255 })));
    fc.assert(
      fc.property(memories, changes, ([pages, more, growth], changed) => {
        const base = Uint8Array.from({ length: pages * 4096 + more }, (_, i) => i % 251);
        const memory = new Uint8Array(base.length + growth);
        memory.set(base);
        for (const [at, value] of changed) if (at < memory.length) memory[at] = value;
        const difference = changedPages(base, memory);
        assert.deepEqual(withPages(base, difference), memory);
        if (changed.length === 0 && growth === 0) assert.equal(difference.contents.length, 0);
      }),
      { seed: 64, numRuns: 60 },
    );
  });
});
