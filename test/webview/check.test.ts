import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type OpenPanel, openPanel } from './open-panel.ts';

const chain = readFileSync(new URL('../../examples/two-layer-chain.ts', import.meta.url), 'utf8');
/** Each difference takes four products of 300 × 300 matrices in float64: time enough to see how far it is, and to stop it. */
const slow = `import { model, param, randn } from 'retrograd';
const w = param(randn([300, 300], { seed: 1 }).mul(0.05));
export const m = model(() => w.matmul(w).matmul(w).tanh().mean());
`;

describe('a check in the panel', function () {
  this.timeout(60_000);
  let panel: OpenPanel;
  before(async () => (panel = await openPanel(chain)));
  after(() => panel.close());

  const state = (kind: string) => panel.page.locator(`[data-testid=check][data-check=${kind}]`);
  const rows = () => panel.page.locator('[data-checked]');

  it('of one node shows gradient, difference and verdict', async () => {
    const inspector = await panel.inspect('w1', 'Check');
    await inspector.getByText('Check this gradient').click();
    await state('done').waitFor();
    assert.equal(await rows().count(), 1);
    const text = await rows().first().innerText();
    // ∂E/∂w₁ = 0.1018, by hand in the tests of the examples.
    assert.match(text, /∂E\/∂w₁\s+✓ agrees\s+0\.1018\s+0\.1018/);
  });

  it('of all begins with the parameters, and a row leads to its node', async () => {
    const inspector = await panel.inspect('w1', 'Check');
    await inspector.getByText('Check all').click();
    await inspector.getByText('All 8 gradients agree with central differences.').waitFor();
    const names = await rows().evaluateAll((all) => all.map((row) => row.getAttribute('data-checked')));
    assert.deepEqual(names, ['w1', 'b1', 'w2', 'b2', 'u1', 'Yj', 'u2', 'Y']);
    await rows().nth(5).getByRole('button').click();
    await inspector.getByText(/^Yⱼ · /).waitFor();
    assert.equal(await rows().count(), 8);
  });

  for (const colorScheme of ['dark', 'light'] as const) {
    it(`can be read by everybody in ${colorScheme}`, async () => {
      await panel.page.emulateMedia({ colorScheme });
      assert.deepEqual(await panel.barriers(), []);
    });
  }

  it('says so once the numbers are of an earlier run', async () => {
    await panel.run(chain.replace('param(0.8)', 'param(0.7)'));
    await panel.page.getByText('These are the numbers of an earlier run.').waitFor();
    await panel.run(chain);
  });

  it('has nothing to check where there is no gradient, and says why', async () => {
    const inspector = await panel.inspect('X', 'Check');
    assert.match(await inspector.innerText(), /No gradient: an input, which requires no gradient\./);
    const button = inspector.locator('vscode-button', { hasText: 'Check this gradient' });
    assert.notEqual(await button.getAttribute('disabled'), null);
  });

  it('tells how far it is, and can be stopped', async () => {
    await panel.run(slow);
    const inspector = await panel.inspect('w', 'Check');
    await inspector.getByText('Check all').click();
    await inspector.getByText(/Checking .+: \d+ of \d+/).waitFor();
    await inspector.getByText('Stop', { exact: true }).click();
    await state('none').waitFor();
    // Stopped for good: the next one is answered, and by itself.
    await panel.run(chain);
    const again = await panel.inspect('w1', 'Check');
    await again.getByText('Check this gradient').click();
    await state('done').waitFor();
    assert.equal(await rows().count(), 1);
  });

  it('has not complained', () => assert.deepEqual(panel.complaints, []));
});
