import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startTrainer } from '../../engine/node/trainer.ts';
import { type OpenPanel, openPanel } from './open-panel.ts';
import { pixelsOf, showWhole } from './picture.ts';

/** The steps are too small for any number to change: the live graph has the numbers of the text, and those of every step are the same. */
const earlier = `import { model, optim, param } from 'retrograd';
const w = param(2);
const b = param(1);
const c = param(0);
export const line = model(() => {
  const u = w.mul(3);
  const s = u.abs();
  const y = s.add(b.detach()).sub(c);
  const L = y.sub(5).square();
  return L;
}, { optimizer: optim.sgd({ lr: 1e-30 }), steps: 3 });
`;
const later = earlier
  .replace('u.abs()', 'u.mul(2)')
  .replace('const y =', 'const t = s.mul(1);\n  const y =')
  .replace('s.add', 't.add')
  .replace('b.detach()', 'b')
  .replace('sub(c)', 'sub(c.detach())');

describe('a comparison in the backward graph', function () {
  this.timeout(60_000);
  let panel: OpenPanel;
  before(async () => {
    mkdirSync(join('test', 'e2e', 'output'), { recursive: true });
    panel = await openPanel(earlier, startTrainer);
    const { page } = panel;
    await page.getByTestId('training').getByRole('button', { name: 'Train', exact: true }).click();
    await page.locator('[data-testid=training][data-phase=finished]').waitFor();
    await page.getByTestId('training-scrubber').fill('1');
    await page.locator('[data-testid=shown-step][data-step="1"]').waitFor();
    await page.getByRole('button', { name: 'Compare with this step' }).click();
    await page.getByRole('button', { name: 'Back to live' }).click();
    await page.getByTestId('comparison').getByText('step 1 → now').waitFor();
    await page.getByRole('radio', { name: 'Both', exact: true }).click();
    await panel.run(later);
    await page.locator('[data-backward-node][data-name="∂L/∂t"]').waitFor({ state: 'attached' });
  });
  after(() => panel.close());

  const said = async (name: string): Promise<string> => {
    const text = await panel.page.locator(`[data-backward-node][data-name="${name}"]`).innerText();
    return /value .*$/.exec(text)![0];
  };

  // Before: u = 6, s = |u| = 6, y = s + 1 = 7, L = (y − 5)² = 4; ∂L/∂y = 2·(y − 5) = 4, and so of s and u; ∂L/∂w = 3·4 = 12.
  // Now: s = 2·6 = 12, t = 12, y = 13; ∂L/∂y = 16, and so of t, s and b; ∂L/∂u = 32, ∂L/∂w = 96.
  for (const [name, expected] of [
    ['∂L/∂w', 'value 96.0000, now 96.0000, before 12.0000'],
    ['∂L/∂u', 'value 32.0000, now 32.0000, before 4.0000'],
    ['∂L/∂s', 'value 16.0000, changed, now 16.0000, before 4.0000'],
    ['∂L/∂t', 'value 16.0000, added'],
    // The parameter is as it was; what cut its gradient off is gone.
    ['∂L/∂b', 'value 16.0000, added'],
    ['∂L/∂L', 'value 1.0000'],
  ] as const) {
    it(`says of ${name}: ${expected}`, async () => assert.equal(await said(name), expected));
  }

  it('has no gradient of what is detached now, and counts it as gone', async () => {
    assert.equal(await panel.page.locator('[data-backward-node][data-name="∂L/∂c"]').count(), 0);
    await panel.page.locator('.legend').getByText('1 gone').waitFor();
    for (const mark of ['added', 'changed']) await panel.page.locator('.legend').getByText(mark).waitFor();
  });

  it('draws outline and sign in the backward graph alone too, and says it to everybody', async () => {
    await panel.page.getByRole('radio', { name: 'Backward', exact: true }).click();
    await showWhole(panel.page);
    // Three outlines of some 300 pixels, two of them through, with their signs.
    const [added, changed] = [
      await pixelsOf(panel.page, '--rg-added', 24),
      await pixelsOf(panel.page, '--rg-changed', 24),
    ];
    assert.ok(added > 300 && changed > 200, `${added} and ${changed} pixels`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await panel.page.emulateMedia({ colorScheme });
      assert.deepEqual(await panel.barriers(), []);
      await panel.page.screenshot({ path: join('test', 'e2e', 'output', `compare-backward-${colorScheme}.png`) });
    }
    await panel.page.getByTestId('comparison').getByRole('button', { name: 'End the comparison' }).click();
    await panel.page.getByTestId('comparison').waitFor({ state: 'detached' });
    assert.deepEqual(
      [await pixelsOf(panel.page, '--rg-added', 24), await pixelsOf(panel.page, '--rg-changed', 24)],
      [0, 0],
    );
    assert.equal(await said('∂L/∂w'), 'value 96.0000');
  });

  it('has not complained', () => assert.deepEqual(panel.complaints, []));
});
