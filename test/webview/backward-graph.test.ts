import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { chainNumbers } from '../e2e/chain-numbers.ts';
import { type OpenPanel, openPanel } from './open-panel.ts';
import { settled } from './picture.ts';

const chain = readFileSync(new URL('../../examples/two-layer-chain.ts', import.meta.url), 'utf8');

describe('the backward graph, in the panel', function () {
  this.timeout(60_000);
  let panel: OpenPanel;
  before(async () => (panel = await openPanel(chain)));
  after(() => panel.close());

  const side = (name: string): Locator => panel.page.getByRole('radio', { name, exact: true });
  const forward = (name: string): Locator => panel.page.locator(`[data-node-name="${name}"]`);
  const gradient = (name: string): Locator => panel.page.locator(`[data-backward-node][data-name="${name}"]`);
  const placeOf = async (item: Locator): Promise<readonly [number, number]> => {
    await settled(panel.page);
    return item.evaluate((one) => [Number(one.getAttribute('data-x')), Number(one.getAttribute('data-y'))] as const);
  };

  /** Told and laid out: until then the list is there and nothing has a place. */
  const drawnTogether = async (): Promise<void> => {
    await gradient('∂E/∂w₁').and(panel.page.locator('[data-y]')).waitFor({ state: 'attached' });
    await forward('w1').and(panel.page.locator('[data-y]')).waitFor({ state: 'attached' });
  };

  it('is shown beside the forward graph, each gradient in the row of its node', async () => {
    await side('Both').click();
    await drawnTogether();
    const { gradients } = chainNumbers();
    for (const [name, shown] of [
      ['w1', '∂E/∂w₁'],
      ['u2', '∂E/∂u₂'],
      ['Y', '∂E/∂Y'],
    ] as const) {
      assert.ok(Math.abs(Number(await gradient(shown).getAttribute('data-value')) - gradients[name]) < 1e-6);
      const [x, y] = await placeOf(forward(name));
      const [backX, backY] = await placeOf(gradient(shown));
      assert.equal(backY, y);
      assert.ok(backX > x + 100);
    }
    // X requires no gradient, and has none.
    assert.equal(await gradient('∂E/∂X').count(), 0);
  });

  it('leads from a gradient to its node, and keeps the chosen one in both', async () => {
    await panel.page.mouse.move(...(await placeOf(gradient('∂E/∂u₂'))));
    await panel.page.locator('[data-testid=card]', { hasText: '∂E/∂u₂ = ∂E/∂Y · ∂Y/∂u₂' }).waitFor();
    await panel.page.mouse.down();
    await panel.page.mouse.up();
    await panel.page.locator('[data-testid=inspector]', { hasText: 'u₂ · mul, add' }).waitFor();
    assert.equal(await forward('u2').getAttribute('aria-selected'), 'true');
    assert.equal(await gradient('∂E/∂u₂').getAttribute('aria-selected'), 'true');
    assert.ok(panel.said.some((where) => where.startsWith('model.ts:')));
    await panel.page.mouse.move(2, 200);
  });

  it('brings what belongs to a clicked node into view', async () => {
    // Zoomed in round a node of G, its gradient is out of view.
    await panel.page.mouse.move(...(await placeOf(forward('Y'))));
    for (let i = 0; i < 4; i++) await panel.page.mouse.wheel(0, -300);
    // Wheels turn on after the last event: what is clicked has to stand still.
    for (let before = '', now = 'moving'; before !== now; await panel.page.waitForTimeout(200))
      [before, now] = [now, String(await placeOf(gradient('∂E/∂Y')))];
    const isIn = (wanted: boolean): Promise<unknown> =>
      panel.page.waitForFunction((inside) => {
        const item = document.querySelector('[data-name="∂E/∂Y"]')!;
        const { right, bottom } = document.querySelector('canvas')!.getBoundingClientRect();
        return (Number(item.getAttribute('data-x')) < right && Number(item.getAttribute('data-y')) < bottom) === inside;
      }, wanted);
    await isIn(false);
    await panel.page.mouse.down();
    await panel.page.mouse.up();
    await isIn(true);
  });

  it('follows the numbers of an edit, and of a what-if', async () => {
    await panel.run(chain.replace('param(0.8)', 'param(0.9)'));
    const wanted = chainNumbers({ w1: 0.9 }).gradients.w1;
    const becomes = (number: number): Promise<unknown> =>
      panel.page.waitForFunction((value) => {
        const item = document.querySelector('[data-name="∂E/∂w₁"]');
        return Math.abs(Number(item?.getAttribute('data-value')) - value) < 1e-6;
      }, number);
    await becomes(wanted);
    await panel.run(chain);
    await panel.inspect('w1', 'What if');
    await panel.page.getByTestId('what-if-number').fill('0.5');
    await becomes(chainNumbers({ w1: 0.5 }).gradients.w1);
    await panel.page.keyboard.press('Escape');
    await becomes(chainNumbers().gradients.w1);
  });

  it('is alone on request, and remembered over a reload', async () => {
    await side('Both').focus();
    await panel.page.keyboard.press('ArrowLeft');
    assert.equal(await side('Backward').getAttribute('aria-checked'), 'true');
    await forward('w1').waitFor({ state: 'detached' });
    await panel.page.reload();
    await gradient('∂E/∂w₁').waitFor({ state: 'attached' });
    assert.equal(await side('Backward').getAttribute('aria-checked'), 'true');
    assert.equal(await forward('w1').count(), 0);
  });

  it('can be walked by keyboard', async () => {
    await gradient('∂E/∂E').focus();
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.locator('[data-testid=card]', { hasText: '∂E/∂Y' }).waitFor();
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('[data-testid=inspector]', { hasText: 'Y · sigmoid' }).waitFor();
  });

  for (const colorScheme of ['dark', 'light'] as const) {
    it(`has no serious accessibility violations in ${colorScheme}`, async () => {
      await panel.page.emulateMedia({ colorScheme });
      assert.deepEqual(await panel.barriers(), []);
    });
  }

  it('has not made the page complain', () => assert.deepEqual(panel.complaints, []));
});
