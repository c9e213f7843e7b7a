import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Batch, type Tensor, indexSelect, model, optim, param, tensor } from '../../../engine/library.ts';

/** The rows of the first steps, as the model's function got them. */
function rowsOf(batch: Batch, steps: number): number[][] {
  const seen: number[][] = [];
  const w = param(1);
  const note = (rows: Tensor): Tensor => {
    assert.equal(rows.dtype, 'int32');
    seen.push(Array.from(rows.data));
    return w.square();
  };
  model(note, { optimizer: optim.sgd({ lr: 0.1 }), batch, steps }).train();
  return seen;
}

describe('the batches of a model', function () {
  // A step goes through all parameters that are alive, those of other tests among them.
  this.timeout(60_000);
  const batches = fc
    .record({
      of: fc.integer({ min: 1, max: 40 }),
      seed: fc.integer(),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ of, seed, share }) => ({ of, seed, size: 1 + Math.floor(share * (of - 1)) }));

  it('have every row once an epoch, and the rows that are left at its end', () => {
    fc.assert(
      fc.property(batches, (batch) => {
        const { of, size } = batch;
        const steps = Math.ceil(of / size);
        const seen = rowsOf(batch, 3 * steps);
        for (let epoch = 0; epoch < 3; epoch++) {
          const rows = seen.slice(epoch * steps, (epoch + 1) * steps);
          assert.deepEqual(
            rows.map(({ length }) => length),
            Array.from({ length: steps }, (_, i) => Math.min(size, of - i * size)),
          );
          assert.deepEqual(
            rows.flat().sort((a, b) => a - b),
            Array.from({ length: of }, (_, row) => row),
          );
        }
      }),
      { seed: 6, numRuns: 30 },
    );
  });

  it('are the same for the same seed, and come in another order each epoch', () => {
    const batch = { size: 10, of: 20, seed: 3 };
    const seen = rowsOf(batch, 4);
    assert.deepEqual(rowsOf(batch, 4), seen);
    assert.notDeepEqual(rowsOf({ ...batch, seed: 4 }, 4), seen);
    assert.notDeepEqual(seen.slice(0, 2), seen.slice(2));
  });

  it('come evenly: each row first about as often', () => {
    const first = new Array<number>(5).fill(0);
    for (const [row] of rowsOf({ size: 5, of: 5, seed: 8 }, 1000)) first[row!]!++;
    // 1,000 draws of five: 200 each, with a standard deviation of √(1000·0.2·0.8) = 12.6.
    for (const count of first) assert.ok(Math.abs(count - 200) < 5 * 12.6, String(first));
  });

  it('do not change while the model is only called', () => {
    const x = tensor([1, 10, 100, 1000]);
    const w = param(1);
    const fit = model((rows) => indexSelect(x, 0, rows).sum().mul(w), {
      optimizer: optim.sgd({ lr: 1e-9 }),
      batch: { size: 1, of: 4, seed: 1 },
    });
    const before = fit().item();
    assert.equal(fit().item(), before);
    assert.equal(fit.step(), before);
    assert.notEqual(fit().item(), before);
  });

  const mistakes: readonly (readonly [unknown, RegExp])[] = [
    [{ size: 0, of: 4 }, /^model: batch\.size is a whole number of rows, at least 1, not 0\.$/],
    [{ size: 1.5, of: 4 }, /^model: batch\.size is a whole number of rows, at least 1, not 1\.5\.$/],
    [{ of: 4 }, /^model: batch\.size is a whole number of rows, at least 1, not undefined\.$/],
    [{ size: 2, of: '4' }, /^model: batch\.of is a whole number of rows, at least 1, not the text '4'\.$/],
    [{ size: 5, of: 4 }, /^model: batch\.size, 5, is more than there are rows: batch\.of is 4\.$/],
    [{ size: 2, of: 4, seed: 0.5 }, /^model: batch\.seed is a whole number, not 0\.5\.$/],
    [{ size: 2, off: 4 }, /^model: batch: there is no option 'off'\. Did you mean 'of'\?/],
    [32, /^model: batch: options are an object such as \{ size: … \}, not 32\.$/],
  ];
  for (const [batch, message] of mistakes) {
    it(`cannot be ${JSON.stringify(batch)}`, () => {
      assert.throws(() => model(() => param(1).square(), { batch: batch as Batch }), {
        name: 'ArgumentError',
        message,
      });
    });
  }
});
