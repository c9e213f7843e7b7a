import assert from 'node:assert/strict';
import { openTraining } from './training-run.ts';

/** A tensor of each step is kept until the next, numbers are drawn, and one optimiser is the program's own. */
const text = `import { dropout, model, optim, param, randn } from 'retrograd';
const x = randn([6, 3], { seed: 1 });
const w = param(randn([3, 1], { seed: 2 }));
let before = x.sum();
export const m = model((rows) => {
  const y = dropout(x.indexSelect(0, rows), 0.2).matmul(w).square().mean();
  const loss = y.add(before.detach().mul(0.01));
  before = loss;
  return loss;
}, { optimizer: { ...optim.adam({ lr: 1e-4 }) }, batch: { size: 4, of: 6 } });
`;

describe('the memory of a training', function () {
  this.timeout(120_000);

  it('does not grow over 10,000 steps', async () => {
    const run = await openTraining(text);
    const sizes: { readonly guest: number; readonly tensors: number; readonly bytes: number }[] = [];
    for (const steps of [2000, 10_000]) {
      while (run.step < steps) run.next();
      sizes.push(run.sizes);
    }
    run.dispose();
    const [early, late] = sizes as [(typeof sizes)[0], (typeof sizes)[0]];
    assert.deepEqual([late.tensors, late.bytes], [early.tensors, early.bytes]);
    // QuickJS gets its memory in pages of 64 KiB, and rounds what it asks for up.
    assert.ok(late.guest - early.guest <= 2 ** 18, `${early.guest} and ${late.guest} bytes`);
  });
});
