import assert from 'node:assert/strict';
import { assertionsOf } from '../../../../engine/explain/health/assertions.ts';
import { parseTrace, writeTrace } from '../../../../engine/trace/json.ts';
import { TextRunner } from '../run-text.ts';

const head = "import { expectGradient, input, model, optim, param, tensor } from 'retrograd';\n";

/**
 * What each expectation of a program comes to: passed or not, its line, what is said. With w = (2, 3), x = (1, 2), h = w·x:
 * ∂L/∂h = 2·(h − 3) = (−2, 6) of norm √40 = 6.3246, ∂L/∂w = ∂L/∂h·x = (−2, 12) of norm √148 = 12.1655.
 */
const cases: readonly [what: string, text: string, told: readonly string[]][] = [
  [
    'beside a model',
    `const w = param([2, 3]);
expectGradient(w).toBeBetween(1e-4, 10);
expectGradient(w).toBeFinite().toBeNonzero();
export const m = model(() => w.mul(input([1, 2])).sub(3).square().sum());
expectGradient(w).toBeBelow(12.2);`,
    [
      '✗ 3 ‖∂L/∂w‖ is 12.1655. Expected: from 0.0001 to 10.',
      '✓ 4 ‖∂L/∂w‖ is 12.1655. Expected: only finite elements in ∂L/∂w.',
      '✓ 4 ‖∂L/∂w‖ is 12.1655. Expected: above 0.',
      '✓ 6 ‖∂L/∂w‖ is 12.1655. Expected: below 12.2.',
    ],
  ],
  [
    'in a model, also while it is trained',
    `const w = param([2, 3]);
export const m = model(() => {
  const h = w.mul(input([1, 2]));
  expectGradient(h).toBeAbove(6.3);
  expectGradient(h).toBeBelow(1e-30);
  return h.sub(3).square().sum();
}, { optimizer: optim.sgd({ lr: 0.1 }) });`,
    ['✓ 5 ‖∂L/∂h‖ is 6.3246. Expected: above 6.3.', '✗ 6 ‖∂L/∂h‖ is 6.3246. Expected: below 1e−30.'],
  ],
  [
    'of what has no gradient, or none that is finite',
    `const [w, cut, unused] = [param([2, 3]), param([1, 1]), param([1])];
for (const one of [cut, unused]) expectGradient(one).toBeFinite();
expectGradient(w).toBeBelow(100);
export const m = model(() => w.mul(cut.detach()).sub(tensor([2, 2])).sqrt().sum());`,
    [
      // √ of 2·1 − 2 = 0 has the derivative ∞.
      '✗ 4 ∂L/∂w has 1 of 2 elements that are NaN or infinite. Expected: below 100.',
      '✗ 3 ∂L/∂cut does not exist in m. Expected: only finite elements in ∂L/∂cut.',
      '✗ 3 ∂L/∂unused does not exist in m. Expected: only finite elements in ∂L/∂unused.',
    ],
  ],
  [
    'of several models, each for its own',
    `const [a, b] = [param(1), param(2)];
expectGradient(a).toBeBelow(3);
expectGradient(b).toBeBelow(3);
export const first = model(() => a.square());
export const second = model(() => b.square());`,
    ['✓ 3 ‖∂L/∂a‖ is 2.0000. Expected: below 3.', '✗ 4 ‖∂L/∂b‖ is 4.0000. Expected: below 3.'],
  ],
  [
    // ∂w²/∂w = 2w; a step takes 0.25 · 2w away, which halves w: 2, 1, 0.5, and 0.25 in the pass that is shown of the model.
    'of a program that trains by itself: told once for its passes, failed where one of them failed',
    `const w = param(1);
expectGradient(w).toBeAbove(0.6);
expectGradient(w).toBeAbove(0.1);
export const fit = model(() => {
  const loss = w.square();
  expectGradient(w).toBeBelow(3);
  expectGradient(loss).toBeBetween(1, 1);
  return loss;
}, { optimizer: optim.sgd({ lr: 0.25 }) });
for (let i = 0; i < 3; i++) fit.step();`,
    [
      '✗ 3 ‖∂loss/∂w[1]‖ is 0.5000. Expected: above 0.6.',
      '✓ 4 ‖∂loss/∂w[1]‖ is 0.5000. Expected: above 0.1.',
      '✓ 7 ‖∂loss/∂w[1]‖ is 0.5000. Expected: below 3.',
      '✓ 8 ‖∂loss/∂loss‖ is 1.0000. Expected: from 1 to 1.',
      '✗ 3 ‖∂loss/∂w‖ is 0.2500. Expected: above 0.6.',
      '✓ 4 ‖∂loss/∂w‖ is 0.2500. Expected: above 0.1.',
      '✓ 7 ‖∂loss/∂w‖ is 0.2500. Expected: below 3.',
      '✓ 8 ‖∂loss/∂loss‖ is 1.0000. Expected: from 1 to 1.',
    ],
  ],
];

describe('assertions', function () {
  this.timeout(60_000);
  const runner = new TextRunner();
  after(() => runner.dispose());

  for (const [what, text, told] of cases) {
    it(what, async () => {
      const trace = await runner.trace(head + text);
      const lineOf = (at: number): number => trace.files[0]!.text.slice(0, at).split('\n').length;
      const all = assertionsOf(trace);
      assert.deepEqual(
        all.map(({ passed, site, message }) => `${passed ? '✓' : '✗'} ${lineOf(site!.span.start)} ${message}`),
        told,
      );
      assert.deepEqual(assertionsOf(parseTrace(writeTrace(trace))), all);
    });
  }

  it('of too many gradients end the run with a word', async () => {
    const { problems } = await runner.run(
      `${head}const w = param(1);\nfor (let i = 0; i < 20000; i++) expectGradient(w).toBeBelow(i);\nexport const m = model(() => w.square());`,
    );
    assert.deepEqual(
      problems.map(({ code, message }) => [code, message]),
      [['too-large', 'The model expects something of more than 10000 gradients.']],
    );
  });
});
