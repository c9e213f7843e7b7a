import assert from 'node:assert/strict';
import { defaultBudget } from '../../../engine/protocol/worker.ts';
import { Sandbox, gradientOf } from '../sandbox/sandbox.ts';

describe('a chain of 100,000 nodes in the sandbox', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  before(() => (sandbox = new Sandbox()));
  after(() => sandbox.dispose());

  it('leaves the stack alone, forward and backward, within the usual limits of memory', async () => {
    const length = 100_000;
    const text = `import { model, param, tensor } from 'retrograd';
const w = param(0.5, { dtype: 'float64' });
const rate = tensor(1 + 1 / ${length}, { dtype: 'float64' });
export default model(() => {
  let h = w;
  for (let i = 0; i < ${length}; i++) h = h.mul(rate);
  return h.square();
});
`;
    // A machine that is busy with other things must not make this fail.
    const { trace, problems } = await sandbox.run(text, {
      ...defaultBudget,
      softDeadline: 40_000,
      hardDeadline: 50_000,
    });
    assert.deepEqual(problems, []);
    const growth = (1 + 1 / length) ** length;
    const [gradient] = gradientOf(trace, 'w')!;
    assert.ok(Math.abs(gradient! - growth ** 2) < 1e-9 * growth ** 2, String(gradient));
  });
});
