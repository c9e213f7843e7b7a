import assert from 'node:assert/strict';
import { printed, retrograd } from './command-line.ts';
import { explained } from './documents.ts';
import { central, gradient, near } from './numbers.ts';

describe('numeric-check', () => {
  const f = ([x, k, m]: readonly number[]): number =>
    Math.exp(Math.sin(3 * x! ** 2)) / (x! + 1) + Math.abs(k!) + Math.max(m!, 1);

  it('agrees with central differences where the function is smooth', () => {
    // ∂f/∂x = e^sin(3x²)·(6x·cos(3x²)/(x + 1) − 1/(x + 1)²) at 0.7, in closed form too.
    const x = 0.7;
    const closed = Math.exp(Math.sin(3 * x * x)) * ((6 * x * Math.cos(3 * x * x)) / (x + 1) - 1 / (x + 1) ** 2);
    near(gradient('numeric-check', 'x')[0], closed, 'closed', 1e-5);
    near(central(f, [x, 0, 1])[0], closed, 'central', 1e-8);
  });

  it('takes a convention at a kink: between the slopes of both sides', () => {
    // |k| at 0: slopes −1 and 1, taken as 0. max(m, 1) at 1: slopes 0 and 1, a half for each argument.
    assert.deepEqual(gradient('numeric-check', 'k'), [0]);
    assert.deepEqual(gradient('numeric-check', 'm'), [0.5]);
    const [, k, m] = central(f, [0.7, 0, 1]);
    near(k, 0);
    near(m, 0.5);
  });

  it('names the kinks, and what was taken there', () => {
    const kink = (node: string): string | null => explained('numeric-check', node).paths[0]!.factors.at(-1)!.kink;
    assert.equal(kink('x'), null);
    assert.match(kink('k')!, /at 0 the derivative is taken as 0/);
    assert.match(kink('m')!, /at a tie each argument takes half of the gradient/);
    const { out, code } = retrograd(['gradcheck', 'examples/numeric-check.ts']);
    assert.equal(code, 0);
    assert.match(out, /∂f\/∂x +✓ agrees/);
    assert.match(out, /∂f\/∂k +∧ kink/);
    assert.match(out, /∂f\/∂m +∧ kink/);
  });

  it('says so', () => {
    assert.deepEqual(printed('numeric-check'), [
      'agrees, largest error below 1e-6',
      'kink at k: analytic 0.000, numeric 0.000',
      'kink at m: analytic 0.500, numeric 0.500',
    ]);
  });
});
