import assert from 'node:assert/strict';
import { until } from './until.ts';
import { Workbench } from './workbench.ts';

describe('gradient health in the panel of VS Code', () => {
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    workbench = await Workbench.open({ extension: 'source' });
    await workbench.openFile('vanishing.ts');
    await workbench.lens('∇ Show graph').first().click({ timeout: 60_000 });
    await workbench.panel.waitForStatus('live');
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('gradient-flow-failed');
  });

  after(async () => {
    await workbench?.close();
  });

  const lineOf = (text: string): number =>
    workbench.fileLines('vanishing.ts').findIndex((line) => line.includes(text)) + 1;

  it('leads from a finding to the line that is responsible', async () => {
    const { root } = workbench.panel;
    await root.locator('[data-testid=findings-chip]').click();
    await root.locator('[data-rule=vanishing-gradient] button').first().click();
    await until(
      'the cursor at the sigmoid',
      () => workbench.page.locator('.line-numbers.active-line-number').first().innerText(),
      (line) => Number(line) === lineOf('h = z.sigmoid();'),
    );
  });

  it('shows the flow of the gradient, in high contrast too', async () => {
    const { inspector } = workbench.panel;
    await inspector.getByRole('tab', { name: 'Gradient flow', exact: true }).click();
    const culprit = inspector.locator('tr.culprit');
    await until(
      'the culprit',
      async () => ((await culprit.count()) === 1 ? culprit.innerText() : ''),
      (text) => text.includes('σ′(z)'),
    );
    for (const theme of ['Dark High Contrast', 'Light High Contrast']) {
      await workbench.chooseTheme(theme);
      await workbench.screenshot(`gradient-flow ${theme}`.replaceAll(' ', '-'));
    }
    // Told from what gains by more than its colour: it is striped.
    const stripes = await culprit.locator('.step').evaluate((bar) => getComputedStyle(bar).backgroundImage);
    assert.match(stripes, /^repeating-linear-gradient/);
  });

  it('opens the page about a rule', async () => {
    await workbench.panel.root.locator('[data-rule=vanishing-gradient] .rule').first().click();
    await workbench.page.getByRole('tab', { name: /vanishing-gradient\.md/ }).waitFor();
  });
});
