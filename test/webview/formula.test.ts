import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { type OpenPanel, openPanel } from './open-panel.ts';

const chain = readFileSync(new URL('../../examples/two-layer-chain.ts', import.meta.url), 'utf8');

describe('the gradient as a formula, in the panel', function () {
  this.timeout(60_000);
  let panel: OpenPanel;
  before(async () => {
    panel = await openPanel(chain);
    await panel.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  after(() => panel.close());

  const formula = (): Locator => panel.page.getByTestId('formula');
  const copied = async (format: string): Promise<string> => {
    await formula().locator(`[data-format=${format}]`).click();
    await formula().getByRole('status').getByText('Copied.').waitFor();
    return panel.page.evaluate(() => navigator.clipboard.readText());
  };

  it('is set as MathML', async () => {
    await panel.inspect('w1', 'Formula');
    await formula().locator('math').first().waitFor();
    // ∂E/∂w₁ is a fraction of two rows; the right side begins with (Y − T).
    assert.equal(await formula().locator('math').first().locator('mfrac').count(), 1);
    const texts = await formula().locator('math').allTextContents();
    assert.match(texts[1]!, /^=\(Y−T\)⋅Y⋅\(1−Y\)⋅w2⋅/);
    assert.equal(await formula().locator('tr').count(), 5);
  });

  it('points at what a line defines', async () => {
    await formula().locator('tr').nth(1).hover();
    await panel.page.locator('[data-testid=card]', { hasText: '∂E/∂u₁' }).waitFor();
    await panel.page.mouse.move(500, 60);
  });

  it('is copied as LaTeX, Markdown and TypeScript', async () => {
    const latex = await copied('latex');
    assert.match(latex, /^\\begin\{aligned\}\n\\frac\{\\partial E\}\{\\partial w_\{1\}\} &= /);
    assert.ok((await copied('markdown')).includes(`$$\n${latex.trim()}\n$$`));
    assert.match(await copied('typescript'), /export function dE_dw1\(/);
  });

  it('follows the chosen node and the text, and says why there is none', async () => {
    await panel.inspect('X', 'Formula');
    await formula()
      .getByText(/^No gradient: an input/)
      .waitFor();
    await panel.inspect('w1', 'Formula');
    await formula().locator('math').first().waitFor();
    await panel.run(chain.replace('u1.tanh()', 'u1.sin()'));
    await formula().locator('math', { hasText: 'cos' }).first().waitFor();
  });

  it('takes names as text', async () => {
    await panel.run(
      chain
        .replace('param(0.8)', `watch(param(0.8), '<img src=x onerror=alert(1)>')`)
        .replace('import { input, model, optim, param }', 'import { input, model, optim, param, watch }'),
    );
    await panel.inspect('b1', 'Formula');
    await formula().locator('math').first().waitFor();
    assert.equal(await panel.page.locator('img').count(), 0);
    await formula().locator('math', { hasText: 'onerror' }).first().waitFor();
    await panel.run(chain);
  });

  for (const colorScheme of ['dark', 'light'] as const) {
    it(`has no serious accessibility violations in ${colorScheme}`, async () => {
      await panel.page.emulateMedia({ colorScheme });
      await panel.inspect('w1', 'Formula');
      await formula().locator('math').first().waitFor();
      assert.deepEqual(await panel.barriers(), []);
    });
  }

  it('has not made the page complain', () => assert.deepEqual(panel.complaints, []));
});
