import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { chainNumbers, shown } from './chain-numbers.ts';
import { inOneWindow } from './in-one-window.ts';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';

const file = 'two-layer-chain.ts';
/** |w| as √(w²): at 0 its gradient is ∞ · 0. */
const norm = `import { model, param } from 'retrograd';

const w = param(0);
const v = param(2);

export const norm = model(() => w.square().sqrt().add(v));
`;

describe('checks and what-ifs in VS Code', () => {
  let workbench: Workbench;

  inOneWindow('checks', { extension: 'source' }, (opened) => {
    workbench = opened;
    writeFileSync(join(workbench.server.workspace, 'norm.ts'), norm);
  });

  const tab = (name: string): Locator => workbench.panel.inspector.getByRole('tab', { name, exact: true });
  const number = (): Locator => workbench.panel.inspector.getByTestId('what-if-number');
  const lineOfW1 = (): Promise<string> => workbench.line('const w1');
  /** Rows of the list of tests, opened to the last: name and outcome, as a screen reader is told. */
  const tests = async (): Promise<string[]> => {
    const rows = workbench.page.locator('.test-explorer .monaco-list-row');
    const closed = rows.and(workbench.page.locator('[aria-expanded=false]')).first();
    while ((await closed.count()) > 0) {
      await closed.click();
      await workbench.page.keyboard.press('ArrowRight');
      await workbench.page.waitForTimeout(200);
    }
    return rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));
  };
  const showsE = (w1: number): Promise<void> =>
    until(
      `E for w1 = ${w1}`,
      () => workbench.panel.node('E'),
      (node) => node !== null && Math.abs(node.value - chainNumbers({ w1 }).values.E) < 1e-5,
    ).then(() => undefined);

  it('lists the gradients of the models of an open file, and runs nothing unasked', async () => {
    await workbench.openFile(file);
    await workbench.lens('∇ Show graph').waitFor({ timeout: 60_000 });
    await workbench.command('Testing: Focus on Test Explorer View');
    await until('the model in the list of tests', tests, (rows) =>
      rows.some((row) => row.includes('gradients of chain')),
    );
    assert.match(await workbench.statusText(), /not running/);
  });

  it('runs no test of models that nobody has allowed to run, and says what to do', async () => {
    await workbench.command('Test: Run All Tests');
    await until('the refusal', tests, (rows) => rows.some((row) => /gradients of chain.*(Errored|Failed)/.test(row)));
    assert.match(await workbench.statusText(), /not running/);
    assert.equal((await tests()).filter((row) => row.includes('∂E/∂w₁')).length, 0);
  });

  it('checks the gradient of a node in the panel', async () => {
    await workbench.focusEditor(file);
    await workbench.lens('∇ Show graph').click();
    await workbench.panel.waitForStatus('live');
    await workbench.panel.item('w1').first().waitFor({ state: 'attached' });
    // The first drawing moves as the panel opens.
    await workbench.page.waitForTimeout(1000);
    await workbench.panel.click('w1');
    await tab('Check').click();
    await workbench.panel.inspector.getByText('Check all').click();
    await workbench.panel.inspector.getByText('All 8 gradients agree with central differences.').waitFor();
    await workbench.screenshot('checks-panel');
  });

  it('checks the gradient under the pointer from its hover', async () => {
    await tab('Chain rule').click();
    await workbench.hoverText('const u2', 'u2', (text) => text.includes('Check this gradient'));
    await workbench.page.locator('.monaco-hover').getByText('Check this gradient').click();
    // Opened by the link: the tab was another one before.
    const row = workbench.panel.inspector.locator('[data-checked=u2]');
    await row.waitFor();
    assert.equal(await row.getAttribute('data-verdict'), 'agrees');
    assert.ok((await row.innerText()).includes(shown(chainNumbers().gradients.u2)));
    await workbench.panel.click('w1');
  });

  it('runs the tests once models may run: one for each parameter, at its line', async () => {
    await workbench.command('Test: Run All Tests');
    await until('the parameters in the list of tests', tests, (rows) =>
      ['∂E/∂w₁', '∂E/∂b₁', '∂E/∂w₂', '∂E/∂b₂'].every((name) =>
        rows.some((row) => row.includes(name) && /Passed/.test(row)),
      ),
    );
    assert.ok((await tests()).some((row) => /gradients of chain.*Passed/.test(row)));
    await workbench.screenshot('checks-tests');
  });

  it('a typed number changes loss and gradients, and not the text', async () => {
    await tab('What if').click();
    await number().fill('0.5');
    await showsE(0.5);
    const loss = await workbench.panel.inspector.getByTestId('what-if-loss').innerText();
    const [before, after] = [chainNumbers(), chainNumbers({ w1: 0.5 })];
    assert.ok(loss.includes(`${shown(before.values.E)} → ${shown(after.values.E)}`), loss);
    assert.match(await lineOfW1(), /param\(0\.8\)/);
    await workbench.screenshot('checks-what-if');
  });

  it('so does dragging it', async () => {
    const frame = (await number().boundingBox())!;
    const [x, y] = [frame.x + frame.width / 2, frame.y + frame.height / 2];
    await workbench.page.mouse.move(x, y);
    await workbench.page.mouse.down();
    await workbench.page.mouse.move(x + 60, y, { steps: 6 });
    await workbench.page.mouse.up();
    await showsE(0.56);
  });

  it('writes the number back into the text, and one undo takes it out again', async () => {
    await workbench.panel.inspector.getByText('Write back').click();
    await until('the number in the text', lineOfW1, (line) => line.includes('param(0.56)'));
    await workbench.panel.waitForNode('w1', 0.56, chainNumbers({ w1: 0.56 }).gradients.w1);
    await workbench.panel.inspector.getByTestId('what-if-loss').waitFor({ state: 'detached' });
    assert.match(workbench.fileLines().join('\n'), /param\(0\.8\)/, 'nothing was saved');
    await workbench.focusEditor(file);
    await workbench.page.keyboard.press('Control+z');
    await until('the number to be what it was', lineOfW1, (line) => line.includes('param(0.8)'));
    await workbench.panel.waitForNode('w1', 0.8, chainNumbers().gradients.w1);
  });

  it('tells of a gradient that differs, at the line of its parameter', async () => {
    await workbench.command('View: Show Explorer');
    await workbench.openFile('norm.ts');
    await workbench.command('Testing: Focus on Test Explorer View');
    await until('the second model', tests, (rows) => rows.some((row) => row.includes('gradients of norm')));
    await workbench.command('Test: Run Tests in Current File');
    await until('its outcome', tests, (rows) =>
      [/gradients of norm.*Failed/, /∂L\/∂w .*Failed/, /∂L\/∂v .*Passed/].every((told) =>
        rows.some((row) => told.test(row)),
      ),
    );
    // The message stands in the editor, beside the parameter: what was found, and what the difference says.
    await workbench.page
      .getByText(/∂L\/∂w differs from the central difference/)
      .first()
      .waitFor();
    await workbench.screenshot('checks-failed-test');
  });
});
