import assert from 'node:assert/strict';
import { checkExpectations, expectGradient, input, model, optim, param, type Tensor } from '../../../engine/library.ts';

/** L = (w·x − 3)² summed: ∂L/∂w = 2·(w·x − 3)·x, which is (−2, 12) of norm √148 = 12.1655 at w = (2, 3), x = (1, 2). */
const squared = (w: Tensor): Tensor =>
  w
    .mul(input([1, 2]))
    .sub(3)
    .square()
    .sum();
const optimizer = optim.sgd({ lr: 0.001 });

describe('expectGradient in plain Node', () => {
  it('is compared after the backward pass of a step, before the update', () => {
    const w = param([2, 3]);
    const fit = model(() => squared(w), { optimizer });
    expectGradient(w).toBeBetween(12.1, 12.2).toBeAbove(12).toBeBelow(13).toBeFinite().toBeNonzero();
    fit.step();
    // The gradient falls as the model learns: some later step has less than 12.1.
    const before: string[] = [];
    assert.throws(
      () => {
        for (let i = 0; i < 50; i++) {
          before.push(String(w.data));
          fit.step();
        }
      },
      (error: Error) => {
        assert.equal(error.name, 'ExpectationError');
        assert.match(
          error.message,
          /^expectGradient: the gradient's norm was to be between 12\.1 and 12\.2; it is 1[12]\.\d+\. \(expectations\.test\.ts:17:\d+\)/,
        );
        return true;
      },
    );
    assert.equal(String(w.data), before.at(-1), 'a failed step moves no weights');
  });

  it('is compared for the pass under way where it stands in the model', () => {
    const w = param([2, 3]);
    let most = 6.4;
    // ∂L/∂h = 2·(h − 3) = (−2, 6) of norm √40 = 6.32.
    const fit = model(
      () => {
        const h = w.mul(input([1, 2]));
        expectGradient(h).toBeBelow(most);
        return h.sub(3).square().sum();
      },
      { optimizer },
    );
    fit.step();
    most = 1;
    assert.throws(() => fit.step(), /below 1; it is 6\.\d+\. \(expectations\.test\.ts:\d+:\d+\)$/);
    most = 10;
    fit.step();
  });

  it('can be compared after a backward pass of one’s own', () => {
    const [w, cut] = [param([2, 3]), param([1, 1])];
    squared(w).backward();
    expectGradient(w).toBeBelow(13);
    checkExpectations();
    expectGradient(cut).toBeFinite();
    expectGradient(w).toBeAbove(13);
    assert.throws(checkExpectations, /finite; there is none\. \(.*\)\n.*above 13; it is 12\.16/);
  });

  it('says what is no expectation', () => {
    const w = param([1]);
    const cases: readonly [body: () => unknown, message: RegExp][] = [
      [() => expectGradient([1] as unknown as Tensor), /^ArgumentError: expectGradient: takes a tensor, not \[1\]\.$/],
      [
        () => expectGradient(w).toBeAbove(-1),
        /^ArgumentError: toBeAbove: a bound of a norm is a number from 0, not -1\.$/,
      ],
      [() => expectGradient(w).toBeBelow(NaN), /^ArgumentError: toBeBelow: .* not NaN\.$/],
      [
        () => expectGradient(w).toBeBetween(2, 1),
        /^ArgumentError: toBeBetween: the first bound is the lower one; 2 is above 1\.$/,
      ],
      [() => expectGradient(w).toBeBetween('1' as unknown as number, 2), /not the text '1'\.$/],
    ];
    for (const [body, message] of cases) assert.throws(body, message);
  });
});
