import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type OpenPanel, openPanel } from './open-panel.ts';

describe('the local page when the colour scheme changes', function () {
  this.timeout(60_000);
  let panel: OpenPanel;
  before(async () => (panel = await openPanel(readFileSync('examples/xor.ts', 'utf8'))));
  after(() => panel.close());

  const ground = (control: string, part: string | null): Promise<string> =>
    panel.page
      .locator(control)
      .first()
      .evaluate(
        (one, name) => getComputedStyle(name === null ? one : one.shadowRoot!.querySelector(name)!).backgroundColor,
        part,
      );

  for (const [scheme, colour] of [
    ['dark', 'rgb(49, 49, 49)'],
    ['light', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(49, 49, 49)'],
  ] as const)
    it(`gives the toolkit's controls the colours of the ${scheme} one`, async () => {
      await panel.page.emulateMedia({ colorScheme: scheme });
      await panel.page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
      // --vscode-dropdown-background and --vscode-input-background of local-theme.css.
      assert.equal(await ground('vscode-dropdown', null), colour);
      assert.equal(await ground('vscode-text-field', '.root'), colour);
    });

  it('tells what is chosen where the system’s colours take the place of all others', async () => {
    await panel.inspect('W1', 'Value');
    await panel.page.emulateMedia({ forcedColors: 'active' });
    const differ = (selector: string, property: string): Promise<number> =>
      panel.page
        .locator(selector)
        .evaluateAll(
          (all, name) => new Set(all.map((one) => getComputedStyle(one).getPropertyValue(name))).size,
          property,
        );
    assert.equal(await differ('[role=radio]', 'background-color'), 2);
    assert.equal(await differ('[role=tab]', 'border-bottom-color'), 2);
    assert.notEqual(
      await panel.page.locator('.legend-scale i').evaluate((one) => getComputedStyle(one).backgroundImage),
      'none',
    );
    await panel.page.emulateMedia({ forcedColors: 'none' });
  });
});
