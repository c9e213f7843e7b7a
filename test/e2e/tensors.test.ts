import assert from 'node:assert/strict';
import { inOneWindow } from './in-one-window.ts';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';

const file = 'mini-batch.ts';

// ∂L/∂Z = 2·(Z − T) / 8. Its first column is (0, −0.125, 0, 0.1), that of X for W's last row (2, −1, 0, 1):
// ∂L/∂W[2,0] = 0.125 + 0.1 = 0.225.
describe('tensors and one element in VS Code', () => {
  let workbench: Workbench;

  inOneWindow('tensors', { extension: 'source' }, async (opened) => {
    workbench = opened;
    await workbench.openFile(file);
    await workbench.lens('∇ Show graph').click({ timeout: 60_000 });
    await workbench.panel.root.waitFor({ timeout: 60_000 });
    await workbench.panel.waitForStatus('live');
  });

  const tab = async (name: string): Promise<void> => {
    await workbench.panel.inspector.getByRole('tab', { name, exact: true }).click();
  };
  /** The line at whose end a text stands; W is written over several lines. */
  const hint = (text: string): Promise<string> =>
    until(
      `a hint with ${text}`,
      async () => (await workbench.lines()).find((line) => line.includes(text)) ?? '',
      (line) => line !== '',
    );

  it('tells the gradient of a matrix as a product of matrices, with shapes', async () => {
    const text = await workbench.hoverText('const W', 'W', (seen) => seen.includes('[4×3]ᵀ'));
    assert.ok(text.includes('∂L/∂W = Xᵀ · ∂L/∂Z'), text);
    assert.ok(text.includes('[4×3]ᵀ · [4×2] → [3×2]'), text);
  });

  it('shows the Jacobian as a heat map', async () => {
    await workbench.panel.click('W');
    await tab('Jacobian');
    const grid = workbench.panel.inspector.getByRole('grid', { name: 'J_Z(W) [8×6]' });
    await grid.waitFor();
    // ∂Z[1,0]/∂W[2,0] = X[1,2] = −1.
    const cell = grid.getByRole('gridcell', { name: '∂Z[1,0]/∂W[2,0] = −1.0000', exact: true });
    assert.equal(await cell.count(), 1);
    await workbench.screenshot('jacobian');
  });

  it('follows one element through panel, hints and hover', async () => {
    await tab('Value');
    await workbench.panel.inspector.getByRole('gridcell', { name: /^W\[2,0\] = / }).click();
    await until(
      'W to be its element',
      () => workbench.panel.node('W'),
      (seen) => seen !== null && Math.abs(seen.value + 0.3) < 1e-6 && Math.abs(seen.gradient! - 0.225) < 1e-6,
    );
    assert.match(await hint('W[2,0]'), /W\[2,0\] −0\.3000\s+∂L 0\.2250/);
    assert.doesNotMatch(await workbench.line('const b'), /∂L/, 'b has no part in it');
    const text = await workbench.hoverText('const W', 'W', (seen) => seen.includes('Σ_b'));
    assert.ok(text.includes('∂L/∂W[2,0] = Σ_b X[b,2]·∂L/∂Z[b,0]'), text);
    await tab('Chain rule');
    await workbench.screenshot('element');
  });

  it('keeps the element when the text changes', async () => {
    await workbench.focusEditor(file);
    const row = workbench.fileLines(file).findIndex((line) => line.includes('[-0.3, 0.6]'));
    await workbench.goTo(row + 1, workbench.fileLines(file)[row]!.indexOf('0.3') + 4);
    await workbench.page.keyboard.type('5');
    await hint('W[2,0] −0.3500');
    await workbench.page.keyboard.press('Backspace');
    await hint('W[2,0] −0.3000');
  });

  it('lets go of it by Escape', async () => {
    await workbench.panel.root.getByTestId('element').getByRole('button').focus();
    await workbench.page.keyboard.press('Escape');
    await until(
      'the hint of b to be back',
      () => workbench.line('const b'),
      (line) => line.includes('∂L'),
    );
    assert.equal(await workbench.panel.root.getByTestId('element').count(), 0);
  });
});
