import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { seriousViolations } from './accessibility.ts';
import { type OpenPanel, openPanel } from './open-panel.ts';

// z = x·W + b = [[0, 0.9], [0.5, −0.3]], h = tanh z, L = mean h: ∂L/∂W[2,0] = 2·0.25 − 1·0.25·(1 − tanh² 0.5) = 0.3034.
const layer = (
  rows = '[0.5, -0.2], [0.1, 0.4], [-0.3, 0.6]',
  x = '[[1, 0, 2], [0, 1, -1]]',
): string => `import { model, param, input } from 'retrograd';
const W = param([${rows}]);
const b = param([0.1, -0.1]);
export const m = model(() => {
  const x = input(${x});
  const z = x.matmul(W).add(b);
  const h = z.tanh();
  const L = h.mean();
  return L;
});
`;

describe('one element in the panel', function () {
  this.timeout(30_000);
  let panel: OpenPanel;
  let inspector: Locator;
  before(async () => {
    panel = await openPanel(layer());
    inspector = panel.page.locator('[data-testid=inspector]');
  });
  after(() => panel.close());

  const item = (name: string): Locator => panel.page.locator(`[data-node-name="${name}"]`);
  const chip = (): Locator => panel.page.getByTestId('element');
  const followed = async (name: string): Promise<(string | null)[]> =>
    Promise.all(['data-element', 'data-value', 'data-gradient'].map((key) => item(name).getAttribute(key)));

  it('is chosen by a click on a cell of the value', async () => {
    await panel.inspect('W', 'Value');
    const grid = inspector.getByRole('grid', { name: 'W' });
    await grid.waitFor();
    assert.deepEqual(await grid.getByRole('gridcell').allInnerTexts(), [
      '0.5000',
      '−0.2000',
      '0.1000',
      '0.4000',
      '−0.3000',
      '0.6000',
    ]);
    await grid.getByRole('gridcell').nth(4).click();
    await chip().waitFor();
    assert.match(await chip().innerText(), /element W\[2,0\]/);
  });

  it('turns the numbers of the graph into its scalar chain', async () => {
    const [index, value, gradient] = await followed('W');
    assert.deepEqual([index, Number(value).toFixed(4), Number(gradient).toFixed(4)], ['[2,0]', '-0.3000', '0.3034']);
    assert.equal((await followed('z'))[0], '[0,0]');
    assert.equal(Number((await followed('z'))[2]).toFixed(4), '0.2500');
    assert.equal((await followed('b'))[0], null, 'b has no part in it');
  });

  it('turns inspector and card into it, down to the products of the matmul', async () => {
    await inspector.getByRole('tab', { name: 'Chain rule', exact: true }).click();
    await inspector.locator('.equation', { hasText: '∂L/∂W[2,0] = Σ_b x[b,2]·∂L/∂z[b,0] = 0.3034' }).waitFor();
    assert.match(await inspector.innerText(), /∂L\/∂z\[1,0\] · ∂z\[1,0\]\/∂W\[2,0\]\s+x\[1,2\]/);
    await item('z').focus();
    const card = panel.page.getByTestId('card');
    await card.getByText('∂L/∂z[0,0] = ∂L/∂h[0,0] · ∂h[0,0]/∂z[0,0]').waitFor();
    assert.match(await card.innerText(), /2 of 4 elements of z depend on W\[2,0\]/);
  });

  it('opens with the folds it goes through', async () => {
    await item('z').focus();
    await panel.page.keyboard.press('Space');
    const product = panel.page.locator('[data-node-name^="matmul#"]');
    await product.waitFor({ state: 'attached' });
    assert.equal(await product.getAttribute('data-element'), '[0,0]');
    await item('z').focus();
    await panel.page.keyboard.press('Space');
    await product.waitFor({ state: 'detached' });
  });

  it('stays over edits, and a reload, and says so when the shape has no such element any more', async () => {
    await panel.run(layer('[0.5, -0.2], [0.1, 0.4], [-0.9, 0.6]'));
    assert.equal(Number((await followed('W'))[1]).toFixed(4), '-0.9000');
    await panel.page.reload();
    await chip().waitFor();
    assert.match(await chip().innerText(), /element W\[2,0\]/);
    await panel.run(layer('[0.5, -0.2], [0.1, 0.4]', '[[1, 0], [0, 1]]'));
    await chip().filter({ hasText: 'W is [2×2]: it has no element [2,0].' }).waitFor();
    assert.equal((await followed('W'))[0], null);
    await panel.run(layer());
    await chip().filter({ hasText: 'element W[2,0]' }).waitFor();
  });

  it('is left by Escape, and by its ×', async () => {
    await item('W').focus();
    // The first closes the card of the node that has the focus.
    await panel.page.keyboard.press('Escape');
    assert.equal(await chip().count(), 1);
    await panel.page.keyboard.press('Escape');
    await chip().waitFor({ state: 'detached' });
    assert.equal((await followed('W'))[0], null);
    await panel.inspect('W', 'Value');
    const field = panel.page.getByTestId('element-field').locator('input');
    await field.fill('b[1]');
    await field.press('Enter');
    await chip().filter({ hasText: 'element b[1]' }).waitFor();
    assert.equal((await followed('b'))[0], '[1]');
    await chip().getByRole('button').click();
    await chip().waitFor({ state: 'detached' });
  });

  it('says what is wrong with what was typed', async () => {
    const field = panel.page.getByTestId('element-field').locator('input');
    await field.fill('b[7]');
    await field.press('Enter');
    await chip().filter({ hasText: 'b is [2]: it has no element [7].' }).waitFor();
    await chip().getByRole('button').click();
  });

  it('is chosen by keyboard too, from the gradient', async () => {
    await panel.inspect('W', 'Gradient');
    const grid = inspector.getByRole('grid', { name: '∂L/∂W' });
    await grid.focus();
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.keyboard.press('Enter');
    await chip().filter({ hasText: 'element W[1,1]' }).waitFor();
    await grid.locator('.chosen').waitFor();
    assert.match((await grid.locator('.chosen').getAttribute('aria-label'))!, /^∂L\/∂W\[1,1\] = /);
  });

  for (const colorScheme of ['dark', 'light'] as const) {
    it(`has no serious accessibility violations in ${colorScheme}`, async () => {
      await panel.page.emulateMedia({ colorScheme });
      assert.deepEqual(await seriousViolations(panel.page), []);
    });
  }

  it('has not complained', () => assert.deepEqual(panel.complaints, []));
});
