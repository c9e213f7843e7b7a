import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findingsOf } from '../../../../engine/explain/health/findings.ts';
import { PassView } from '../../../../engine/explain/pass-view.ts';
import { TextRunner } from '../../explain/run-text.ts';

const mild = ['z.tanh()', 'z.add(0.1)', 'z.mul(0.9)', 'z.sin()', 'z.mul(scale)'];
/** Each of these multiplies every gradient that passes by at least ten thousand. */
const culprits = ['z.mul(1e6)', 'z.div(1e-5)', 'z.add(11).exp()'];

describe('the exploding rule', function () {
  this.timeout(120_000);
  const runner = new TextRunner();
  after(() => runner.dispose());

  it('marks the op that was planted, not the head behind it that gets to see large numbers: 100 models', async () => {
    const models = fc.record({
      before: fc.array(fc.constantFrom(...mild), { maxLength: 5 }),
      // What is large already, tanh and sin would fold away.
      after: fc.array(fc.constantFrom('z.add(0.1)', 'z.mul(0.9)', 'z.mul(scale)'), { maxLength: 5 }),
      culprit: fc.constantFrom(...culprits),
      loss: fc.constantFrom('z.mul(head).sum()', 'z.mul(head).sub(1).square().mean()'),
    });
    await fc.assert(
      fc.asyncProperty(models, async ({ before, after, culprit, loss }) => {
        const body = [...before, culprit, ...after].map((step) => `  z = ${step};`).join('\n');
        const text = `import { full, model, param } from 'retrograd';
const [w, scale, head] = [param(full([3], 0.3)), param(full([3], 0.95)), param(full([3], 0.5))];
export const m = model(() => {
  let z = w.mul(1);
${body}
  return ${loss};
});
`;
        const trace = await runner.trace(text);
        const found = findingsOf(new PassView(trace, trace.passes[0]!, 'named'));
        const explosions = found.filter(({ rule }) => rule === 'exploding-gradient');
        assert.deepEqual(
          explosions.map(({ source }) => source?.line),
          [5 + before.length],
          text,
        );
      }),
      { numRuns: 100, seed: 6 },
    );
  });

  // L = (3e6·h₀ − 2e6·h₁ − 1)²: a step of any learning rate above 1e-13 jumps over the minimum.
  const large = (options: string): string => `import { input, model, optim, param } from 'retrograd';
const head = param([0.5, 0.5]);
export const m = model(() =>
  input([3e6, -2e6])
    .mul(head)
    .sum()
    .sub(1)
    .square()${options});
`;

  it('marks the head where what the model is given is large and a step makes the loss larger', async () => {
    const trace = await runner.trace(large(', { optimizer: optim.sgd({ lr: 0.01 }) }'));
    const [found] = findingsOf(new PassView(trace, trace.passes[0]!, 'named'));
    assert.deepEqual([found!.rule, found!.name, found!.source!.line], ['exploding-gradient', 'head', 4]);
    // 2·(500,000 − 1)·(3e6, −2e6): 1e6 · √13e6.
    assert.match(found!.message, /explodes: its norm is 3\.61e12/);
  });

  it('says nothing of large numbers by themselves', async () => {
    for (const options of ['', ', { optimizer: optim.sgd({ lr: 1e-14 }) }']) {
      const trace = await runner.trace(large(options));
      const found = findingsOf(new PassView(trace, trace.passes[0]!, 'named'));
      assert.deepEqual(
        found.map(({ message }) => message),
        [],
      );
    }
  });
});
