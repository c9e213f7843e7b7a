import assert from 'node:assert/strict';
import {
  AnomalyError,
  detectAnomaly,
  log,
  maskedFill,
  model,
  optim,
  param,
  softmax,
  sqrt,
  tensor,
} from '../../../engine/library.ts';
import { Sandbox } from '../sandbox/sandbox.ts';

describe('detectAnomaly', () => {
  it('names the first op of the forward pass that makes an infinity of finite numbers', () => {
    const x = tensor([[1, 0]]);
    assert.throws(
      () => detectAnomaly(() => log(x).mul(2)),
      new AnomalyError('log: made −∞ of finite numbers, at element 1 of shape [1, 2]: log(0). Inputs: [1, 2].'),
    );
  });

  it('names the op whose rule makes an infinity in the backward pass', () => {
    const x = param([4, 0]);
    assert.throws(() => detectAnomaly(() => sqrt(x).sum().backward()), {
      name: 'AnomalyError',
      message: /^backward of sqrt: the gradient for input 0 is ∞ at element 1 of shape \[2\], where the input is 0/,
    });
  });

  it('lets infinities pass that were asked for, and what is made of them', () => {
    const mask = tensor([[0, 1]], { dtype: 'bool' });
    const shares = detectAnomaly(() => softmax(maskedFill([[1, 2]], mask, -Infinity)));
    assert.deepEqual(shares.toArray(), [[1, 0]]);
  });

  it('is off before and after, also when the function throws', () => {
    assert.throws(() =>
      detectAnomaly(() => {
        throw new Error('mine');
      }),
    );
    assert.equal(log(0).item(), -Infinity);
  });

  it('is an option of models', () => {
    const x = param([4, 0]);
    const optimizer = optim.sgd({ lr: 0.1 });
    const watched = model(() => sqrt(x).sum(), { optimizer, detectAnomaly: true });
    assert.equal(watched().item(), 2);
    assert.throws(() => watched.step(), { name: 'AnomalyError', message: /^backward of sqrt/ });
    assert.throws(() => watched.train(2), { name: 'AnomalyError' });
    assert.throws(() => model(() => log(x).sum(), { detectAnomaly: true })(), { message: /^log: made −∞/ });
    // It ends with the call.
    assert.equal(log(0).item(), -Infinity);
  });

  describe('in the sandbox', () => {
    let sandbox: Sandbox;
    before(() => (sandbox = new Sandbox()));
    after(() => sandbox.dispose());

    it('is an option of models: the forward pass is watched, and the backward pass that follows it', async () => {
      const text = (loss: string, on: boolean): string =>
        `import { model, param } from 'retrograd';\nconst x = param([4, 0]);\n` +
        `export default model(() => ${loss}, { detectAnomaly: ${on} });\n`;
      for (const [loss, expected, at] of [
        ['x.log().sum()', /^log: made −∞/, 'x.log()'],
        ['x.sqrt().sum()', /^backward of sqrt: the gradient for input 0 is ∞/, 'x.sqrt()'],
      ] as const) {
        const source = text(loss, true);
        const { problems } = await sandbox.run(source);
        assert.equal(problems[0]?.code, 'not-finite');
        assert.match(problems[0].message, expected);
        assert.equal(source.slice(problems[0].span.start, problems[0].span.end), at);
        assert.deepEqual((await sandbox.run(text(loss, false))).problems, []);
      }
    });

    it('reports the op at its place, forward and backward', async () => {
      const text = (body: string): string =>
        `import { detectAnomaly, param } from 'retrograd';\nconst x = param([4, 0]);\ndetectAnomaly(() => {\n${body}\n});\n`;
      const forward = text('  const y = x.log();\n  y.sum().backward();');
      const backward = text('  const y = x.sqrt();\n  y.sum().backward();');
      for (const [source, expected, at] of [
        [forward, /^log: made −∞/, 'x.log()'],
        [backward, /^backward of sqrt/, 'x.sqrt()'],
      ] as const) {
        const { problems } = await sandbox.run(source);
        assert.equal(problems[0]?.code, 'not-finite');
        assert.match(problems[0].message, expected);
        assert.equal(source.slice(problems[0].span.start, problems[0].span.end), at);
      }
    });
  });
});
