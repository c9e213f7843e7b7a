import assert from 'node:assert/strict';
import { model, optim, param } from '../../../engine/library.ts';

const rates = (schedule: optim.Schedule, count: number): number[] =>
  Array.from({ length: count }, (_, t) => schedule(t));
const same = (actual: readonly number[], expected: readonly number[]): void => {
  assert.equal(actual.length, expected.length);
  actual.forEach((x, i) => assert.ok(Math.abs(x - expected[i]!) < 1e-15, `${x} against ${expected[i]!}`));
};

describe('schedules', () => {
  it('stepLr falls after every stepSize steps', () =>
    same(rates(optim.stepLr(0.5, { stepSize: 2 }), 5), [0.5, 0.5, 0.05, 0.05, 0.005]));

  it('exponentialLr falls after every step', () =>
    same(rates(optim.exponentialLr(1, { gamma: 0.5 }), 4), [1, 0.5, 0.25, 0.125]));

  it('cosineAnnealing goes down half a cosine, and stays there', () => {
    // cos(π/4) = √½
    const half = Math.SQRT1_2;
    same(rates(optim.cosineAnnealing(1, { steps: 4 }), 6), [1, (1 + half) / 2, 0.5, (1 - half) / 2, 0, 0]);
    same(rates(optim.cosineAnnealing(1, { steps: 2, min: 0.2 }), 4), [1, 0.6, 0.2, 0.2]);
  });

  it('linearWarmup goes up to the rate', () => {
    same(rates(optim.linearWarmup(0.9, { steps: 2 }), 4), [0.3, 0.6, 0.9, 0.9]);
    same(rates(optim.linearWarmup(1, { steps: 4, startFactor: 0 }), 6), [0, 0.25, 0.5, 0.75, 1, 1]);
  });

  it('scale one another', () => {
    const both = optim.linearWarmup(optim.stepLr(1, { stepSize: 3 }), { steps: 2, startFactor: 0.5 });
    same(rates(both, 5), [0.5, 0.75, 1, 0.1, 0.1]);
    same(
      rates(
        optim.scaled(both, (step) => 1 / (1 + step)),
        3,
      ),
      [0.5, 0.375, 1 / 3],
    );
  });

  it('join an optimiser as its learning rate', () => {
    // ∂L/∂w = 1: w falls by 1, 0.5 and 0.25.
    const w = param(0, { dtype: 'float64' });
    const optimizer = optim.sgd({ lr: optim.exponentialLr(1, { gamma: 0.5 }) });
    model(() => w.sum(), { optimizer, steps: 3 }).train();
    assert.equal(w.item(), -1.75);
  });

  it('may start from nothing', () => {
    const w = param(1);
    const optimizer = optim.sgd({ lr: optim.linearWarmup(0.1, { steps: 5, startFactor: 0 }) });
    model(() => w.sum(), { optimizer }).step();
    assert.equal(w.item(), 1);
  });

  it('refuse a length of nothing', () => {
    assert.throws(() => optim.stepLr(1, { stepSize: 0 }), RangeError);
    assert.throws(() => optim.cosineAnnealing(1, { steps: -1 }), RangeError);
    assert.throws(() => optim.linearWarmup(1, { steps: 0 }), RangeError);
  });
});
