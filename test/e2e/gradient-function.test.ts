import assert from 'node:assert/strict';
import { chainNumbers } from './chain-numbers.ts';
import { inOneWindow } from './in-one-window.ts';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';

const file = 'two-layer-chain.ts';

describe('the gradient as a function, and the backward graph, in VS Code', () => {
  let workbench: Workbench;

  inOneWindow('formula', { extension: 'source' }, async (opened) => {
    workbench = opened;
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench.openFile(file);
    await workbench.lens('∇ Show graph').click({ timeout: 60_000 });
    await workbench.panel.root.waitFor({ timeout: 60_000 });
    await workbench.panel.waitForStatus('live');
  });

  const clipboard = (): Promise<string> => workbench.page.evaluate(() => navigator.clipboard.readText());
  const copied = (what: RegExp): Promise<string> =>
    until(`${String(what)} on the clipboard`, clipboard, (text) => what.test(text));

  it('is copied from the expression under the cursor', async () => {
    await workbench.focusEditor(file);
    const line = workbench.fileLines().findIndex((text) => text.includes('const u2'));
    await workbench.goTo(line + 1, workbench.fileLines()[line]!.indexOf('u2') + 1);
    await workbench.command('Retrograd: Copy Gradient as LaTeX');
    const latex = await copied(/^\\begin\{aligned\}/);
    // E = ½(Y − T)², Y = σ(u₂): ∂E/∂u₂ = (Y − T)·Y·(1 − Y).
    assert.ok(latex.includes('\\frac{\\partial E}{\\partial u_{2}} &= (Y - T) \\cdot Y \\cdot (1 - Y) \\\\'), latex);
    await workbench.command('Retrograd: Copy Gradient as TypeScript');
    assert.match(await copied(/^import/), /export function dE_du2\(/);
    await workbench.command('Retrograd: Copy Gradient as Markdown');
    assert.ok((await copied(/^\*\*/)).includes(latex.trim()));
  });

  it('is shown and copied in the panel', async () => {
    await workbench.panel.click('w1');
    const { inspector } = workbench.panel;
    await inspector.getByRole('tab', { name: 'Formula', exact: true }).click();
    await inspector.locator('math').first().waitFor();
    await inspector.locator('[data-format=latex]').click();
    const latex = await copied(/\\partial w_\{1\}/);
    assert.ok(latex.includes('w_{2} \\cdot (1 - Y_{j}^{2}) \\cdot X'), latex);
    await workbench.screenshot('formula');
  });

  it('stands beside the graph of the values as a graph of its own', async () => {
    const both = workbench.panel.root.getByRole('radio', { name: 'Both', exact: true });
    await both.click();
    const gradient = workbench.panel.root.locator('[data-backward-node][data-name="∂E/∂u₂"]');
    await gradient.waitFor({ state: 'attached' });
    const value = Number(await gradient.getAttribute('data-value'));
    assert.ok(Math.abs(value - chainNumbers().gradients.u2) < 1e-6, String(value));
    await workbench.panel.hover('u2');
    await workbench.page.waitForTimeout(500);
    await workbench.screenshot('backward-graph');
    await workbench.reload();
    await workbench.panel.waitForStatus('live');
    await gradient.waitFor({ state: 'attached', timeout: 30_000 });
    assert.equal(await both.getAttribute('aria-checked'), 'true');
  });
});
