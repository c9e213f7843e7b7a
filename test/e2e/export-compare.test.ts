import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import type { FrameLocator, Locator } from 'playwright-core';
import { inOneWindow } from './in-one-window.ts';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';

const file = 'two-layer-chain.ts';

describe('exports and comparisons in VS Code', () => {
  let workbench: Workbench;

  inOneWindow('export', { extension: 'source' }, (opened) => {
    workbench = opened;
  });

  const input = (): Locator => workbench.page.locator('.quick-input-widget input').first();
  const frame = (): FrameLocator =>
    workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  const comparison = (): Locator => frame().locator('[data-testid=comparison]');

  /** Chooses a format, and takes the name that is offered. Returns the written file. */
  async function exportAs(format: string, ending: string): Promise<Buffer> {
    const target = join(workbench.server.workspace, `two-layer-chain${ending}`);
    await workbench.command('Retrograd: Export Graph…');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: format }).first().click();
    await until(
      'the offered name',
      () => input().inputValue(),
      (text) => text.endsWith(`two-layer-chain${ending}`),
    );
    await workbench.page.keyboard.press('Enter');
    await until(`${target} to be there`, async () => existsSync(target), Boolean);
    return until(
      'it to be whole',
      async () => readFileSync(target),
      (bytes) => bytes.length > 0,
    );
  }

  it('write the shown graph as SVG beside the file', async () => {
    await workbench.openFile(file);
    await workbench.lens('∇ Show graph').first().click({ timeout: 60_000 });
    await workbench.panel.waitForStatus('live');
    const svg = (await exportAs('SVG', '.svg')).toString();
    assert.equal(XMLValidator.validate(svg), true);
    // As the example's own test has worked it out by hand.
    assert.match(svg, /<text[^>]*>∂ 0\.1018<\/text>/);
  });

  it('write it as PNG, drawn by the panel', async () => {
    const png = await exportAs('PNG', '.png');
    assert.equal(png.subarray(1, 4).toString('latin1'), 'PNG');
    // An empty picture of this size has some five thousand.
    assert.ok(png.length > 20_000);
    // Width and height stand in the first chunk: two dots for each pixel of the SVG.
    const svg = readFileSync(join(workbench.server.workspace, 'two-layer-chain.svg'), 'utf8');
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!;
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [2 * Number(width), 2 * Number(height)]);
  });

  it('keep a snapshot, and show what an edit changes', async () => {
    await workbench.focusEditor(file);
    await workbench.command('Retrograd: Keep Snapshot…');
    await input().fill('with tanh');
    await workbench.page.keyboard.press('Enter');
    await workbench.focusEditor(file);
    const line = workbench.fileLines().findIndex((text) => text.includes('u1.tanh()')) + 1;
    await workbench.replace(line, 'tanh', 'sigmoid');
    // σ(1) = 0.7311; u₂ = −1.1·0.7311 + 0.3 = −0.5042, Y = σ(u₂) = 0.3766, and ∂E/∂Yⱼ = (Y − 1)·Y·(1 − Y)·(−1.1) = 0.1610.
    await workbench.panel.waitForNode('Yj', 0.7311, 0.161);
    await workbench.command('Retrograd: Compare with Snapshot…');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'with tanh' }).first().click();
    await until(
      'the comparison',
      () =>
        comparison()
          .innerText()
          .catch(() => ''),
      (text) => text.includes('tanh → sigmoid'),
    );
    assert.equal(await comparison().locator('[data-testid=comparison-summary]').innerText(), '1 changed');
    assert.equal(await comparison().locator('tr[data-mark=changed]').count(), 1);
    await workbench.screenshot('comparison-dark');
    await workbench.chooseTheme('Light Modern');
    await workbench.screenshot('comparison-light');
  });

  it('follow the edits, and end when asked to', async () => {
    await workbench.focusEditor(file);
    const line = workbench.fileLines().findIndex((text) => text.includes('u1.tanh()')) + 1;
    const column = workbench.fileLines()[line - 1]!.indexOf('tanh') + 1;
    await workbench.goTo(line, column);
    for (let count = 0; count < 7; count += 1) await workbench.page.keyboard.press('Delete');
    await workbench.page.keyboard.type('tanh');
    await until(
      'nothing changed',
      () => comparison().innerText(),
      (text) => text.includes('the same graph with the same numbers'),
    );
    await frame().getByRole('button', { name: 'End the comparison' }).click();
    await until(
      'no comparison',
      () => comparison().count(),
      (count) => count === 0,
    );
  });
});
