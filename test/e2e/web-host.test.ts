import assert from 'node:assert/strict';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import type { FrameLocator, Locator } from 'playwright-core';
import { chainNumbers, shown } from './chain-numbers.ts';
import { DebugViews } from './debug-views.ts';
import { inOneWindow } from './in-one-window.ts';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';

const file = 'two-layer-chain.ts';
const { values, gradients } = chainNumbers();

/** Texts of files that the list has from the start, others here: what is not in sight in the list is not there. */
const others: Readonly<Record<string, string>> = {
  // w = 3: L = w², ∂L/∂w = 6. The number comes from a file of its own, which no editor shows.
  'neuron.ts':
    "import { model, param } from 'retrograd';\nimport { start } from './data/start';\nconst w = param(start);\nexport const m = model(() => w.square());\n",
  'data/start.ts': 'export const start = 3;\n',
  'jacobian.ts':
    "import { model, param } from 'retrograd';\nimport { key } from './linked';\nconst w = param(key);\nexport const m = model(() => w.square());\n",
  // One native loop: QuickJS does not interrupt it.
  'line.ts':
    "import { model, param } from 'retrograd';\nconst w = param(1);\nexport const m = model(() => {\n  const y = w.square();\n  Array.prototype.reverse.call({ length: 2 ** 53 - 1 });\n  return y;\n});\n",
};

/**
 * The packaged extension in the window's own extension host, a Worker of the browser, as vscode.dev has it and no other: there is
 * no Node in it. The window's files are on a server all the same, and come through the editor.
 */
describe('in the extension host of a browser', () => {
  let workbench: Workbench;

  inOneWindow(
    'web-host',
    { extension: 'vsix', settings: { 'remote.extensionKind': { 'retrograd.retrograd': ['web'] } } },
    (opened) => {
      workbench = opened;
      const { workspace, home } = workbench.server;
      for (const [name, text] of Object.entries(others)) writeFileSync(join(workspace, name), text);
      writeFileSync(join(home, 'secret.ts'), 'export const key = 42;\n');
      symlinkSync(join(home, 'secret.ts'), join(workspace, 'linked.ts'));
    },
  );

  const page = (): Workbench['page'] => workbench.page;
  const views = new DebugViews(page);
  const frame = (): FrameLocator => page().frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  const problem = (what: string, right: (text: string) => boolean): Promise<string> =>
    until(what, () => workbench.allProblems(), right, 30_000);

  /** A session of the model in front, in its views. */
  const start = async (): Promise<void> => {
    await workbench.lens('Step backward').click();
    await page().locator('.debug-toolbar').first().waitFor();
    await page().keyboard.press('Control+Shift+D');
    await views.stopsAt('E · mul');
  };

  it('runs nothing before it is asked', async () => {
    await workbench.openFile(file);
    await workbench.lens('∇ Show graph').waitFor({ timeout: 60_000 });
    assert.match(await workbench.statusText(), /not running/);
    await page().waitForTimeout(1500);
    assert.match(await workbench.statusText(), /not running/);
  });

  it('shows the graph of a model with its values and gradients', async () => {
    await workbench.lens('∇ Show graph').click();
    await workbench.panel.root.waitFor({ timeout: 60_000 });
    await workbench.panel.waitForStatus('live');
    await workbench.panel.waitForNode('Y', values.Y, gradients.Y);
    await workbench.panel.waitForNode('w1', 0.8, gradients.w1);
    await workbench.screenshot('web-host');
  });

  it('tells the chain rule in the hover, and numbers at the ends of lines', async () => {
    const local = values.Y * (1 - values.Y);
    const hover = await workbench.hoverText('const u2', 'u2', (text) => text.includes(shown(local)));
    assert.ok(hover.includes(shown(gradients.u2)), hover);
    await page().keyboard.press('Escape');
    const line = await workbench.line('const u1');
    assert.ok(line.includes(shown(values.u1)) && line.includes(shown(gradients.u1)), line);
  });

  it('follows a number that is changed and not saved', async () => {
    const changed = chainNumbers({ w1: 0.5 });
    const line = workbench.fileLines().findIndex((text) => text.includes('const w1')) + 1;
    await workbench.replace(line, '0.8', '0.5');
    await workbench.panel.waitForNode('E', changed.values.E, 1);
    assert.match(workbench.fileLines().join('\n'), /param\(0\.8\)/, 'nothing was saved');
    await page().keyboard.press('Control+z');
    await workbench.panel.waitForNode('E', values.E, 1);
  });

  it('checks gradients in a Worker', async () => {
    await workbench.panel.click('w1');
    await workbench.panel.inspector.getByRole('tab', { name: 'Check', exact: true }).click();
    await workbench.panel.inspector.getByText('Check all').click();
    await workbench.panel.inspector.getByText('All 8 gradients agree with central differences.').waitFor();
  });

  it('writes the graph as a picture, laid out in a Worker', async () => {
    const target = join(workbench.server.workspace, 'two-layer-chain.svg');
    const input = (): Locator => page().locator('.quick-input-widget input').first();
    await workbench.command('Retrograd: Export Graph…');
    await page().locator('.quick-input-list .monaco-list-row', { hasText: 'SVG' }).first().click();
    const offered = (text: string): boolean => text.endsWith('two-layer-chain.svg');
    await until('the offered name', () => input().inputValue(), offered);
    await page().keyboard.press('Enter');
    const size = async (): Promise<number> => (existsSync(target) ? readFileSync(target).length : 0);
    await until('the picture', size, (bytes) => bytes > 0);
    const svg = readFileSync(target, 'utf8');
    assert.equal(XMLValidator.validate(svg), true);
    // As the example's own test has worked it out by hand.
    assert.match(svg, /<text[^>]*>∂ 0\.1018<\/text>/);
  });

  it('steps backward, and back', async () => {
    await workbench.focusEditor(file);
    await start();
    for (const name of ['square', 'sub', 'Y · sigmoid']) {
      await page().keyboard.press('F10');
      await views.stopsAt(name);
    }
    const incoming = String(Math.abs(gradients.Y)).slice(0, 7);
    await until(
      'the incoming gradient in the variables',
      () => views.variables(),
      (rows) => rows.some((row) => row.startsWith('incoming ∂E/∂Y') && row.includes(incoming)),
    );
    await workbench.screenshot('web-host-debugger');
    await views.button('step-back').click();
    await views.stopsAt('sub');
    await views.button('stop').click();
    await views.isOver();
    await workbench.command('View: Show Explorer');
    await workbench.command('View: Hide Panel');
  });

  it('stops at a breakpoint of a line', async () => {
    await workbench.focusEditor(file);
    const line = workbench.fileLines().findIndex((text) => text.includes('const Yj')) + 1;
    await workbench.goTo(line, 10);
    await page().keyboard.press('F9');
    await start();
    await page().keyboard.press('F5');
    await views.stopsAt('Yⱼ · tanh');
    await views.button('stop').click();
    await views.isOver();
    await workbench.command('View: Show Explorer');
  });

  it('reads what a model imports through the editor', async () => {
    await workbench.openFile('neuron.ts');
    await workbench.panel.waitForNode('w', 3, 6);
  });

  it('follows no link', async () => {
    await workbench.openFile('jacobian.ts');
    await workbench.command('Problems: Focus on Problems View');
    await problem('the refusal', (text) =>
      text.includes("Cannot import './linked': it leads out of the workspace folder."),
    );
    await workbench.command('View: Hide Panel');
  });

  it('trains, and ends', async () => {
    await workbench.openFile('xor.ts');
    const strip = frame().locator('[data-testid=training]');
    await workbench.lens('Train').click({ timeout: 30_000 });
    const step = async (): Promise<number> => Number(/step (\d+) of 2000/.exec(await strip.innerText())?.[1] ?? 0);
    await until('twenty steps', step, (seen) => seen >= 20, 60_000);
    await strip.getByRole('button', { name: 'End the training', exact: true }).click();
  });

  it('names the culprit of a vanishing gradient', async () => {
    await workbench.openFile('vanishing.ts');
    await workbench.command('Problems: Focus on Problems View');
    await problem('the finding', (text) => text.includes('vanishing-gradient'));
  });

  it('ends a model that hears no interrupt from outside, and goes on', async () => {
    await workbench.openFile('line.ts');
    await workbench.command('Problems: Focus on Problems View');
    const end = await problem('the end', (text) =>
      text.includes('did not stop within 3000 ms and was ended from outside'),
    );
    // Where it was last seen: at `w.square()`, before the loop.
    assert.match(end, /\[Ln 4, /);
    await workbench.openFile('neuron.ts');
    // The panel is behind the editors by now.
    await until(
      'the next run',
      () => workbench.statusText(),
      (text) => text.includes('L = 9.0000'),
    );
  });

  it('adds the library to the folder', async () => {
    const folder = join(workbench.server.workspace, 'node_modules', 'retrograd');
    await workbench.command('Retrograd: Add the Library to This Workspace');
    await until('the library', async () => existsSync(join(folder, 'package.json')), Boolean);
    assert.ok(readFileSync(join(folder, 'retrograd.js'), 'utf8').includes('backward'));
  });

  it('runs there and nowhere else, and asks nobody outside', async () => {
    await workbench.command('Developer: Show Running Extensions');
    const row = page().locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Retrograd' }).first();
    assert.match(await row.innerText(), /web worker/i);
    assert.deepEqual([...workbench.foreignRequests], []);
  });
});
