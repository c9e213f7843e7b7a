import assert from 'node:assert/strict';
import { conform, passed } from './conform.ts';
import { operations } from './operations.ts';
import { readReference } from './reference.ts';
import { failureLines } from './report.ts';

/** Measured: 2e-6. The bound is the one that PyTorch's cases keep. */
const single = 2e-5;
/** What naive.py cannot compute in 80-bit floats, or would compute as the library does. Held to PyTorch alone. */
const beyondNumpy = 'lgamma digamma polygamma logcumsumexp cummax cummin diff cdist bincount'.split(' ');
const fixture = (name: string): URL => new URL(`../fixtures/reference/${name}`, import.meta.url);
const cases = readReference(fixture('random-cases.json'));
const edges = readReference(fixture('torch-random-cases.json'));
const extremes = readReference(fixture('torch-extreme-cases.json'));

describe('programs over all ops, with every choice of attributes', function () {
  this.timeout(120_000);

  it('have the values of plain NumPy and the gradients of central differences, in Node and in the sandbox', async () => {
    for await (const outcomes of conform(cases)) assert.deepEqual(failureLines(outcomes), []);
  });

  it('have PyTorch’s values and gradients at kinks, ties and zeros and without elements too, in Node and in the sandbox', async () => {
    for await (const outcomes of conform(edges)) assert.deepEqual(failureLines(outcomes), []);
  });

  it('have them with NaN, infinities and numbers near the ends of float64 too, in Node and in the sandbox', async () => {
    for await (const outcomes of conform(extremes)) assert.deepEqual(failureLines(outcomes), []);
  });

  it('use every op that there is a word for', () => {
    const unused = (file: typeof cases): string[] => {
      const used = new Set(file.flatMap(({ nodes }) => nodes.map(({ op }) => op)));
      return Object.keys(operations).filter((op) => !used.has(op));
    };
    assert.deepEqual(unused(edges), []);
    assert.deepEqual(unused(extremes), []);
    assert.deepEqual(unused(cases).sort(), [...beyondNumpy].sort());
  });

  it('agree in float32 as far as float32 goes', async () => {
    for await (const [outcome] of conform(cases, { ways: ['node'], dtype: 'float32', tolerance: single }))
      assert.ok(passed(outcome!), failureLines([outcome!]).join('\n'));
  });
});
