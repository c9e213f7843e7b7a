import assert from 'node:assert/strict';
import { AnomalyError, detectAnomaly, log, maskedFill, param, softmax, sqrt, tensor } from '../../../engine/library.ts';
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

  describe('in the sandbox', () => {
    let sandbox: Sandbox;
    before(() => (sandbox = new Sandbox()));
    after(() => sandbox.dispose());

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
