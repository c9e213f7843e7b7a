import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DebugViews } from './debug-views.ts';
import { inOneWindow } from './in-one-window.ts';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';

// h: 3 · 2 = 6, then 6 · 2 = 12, then 12 · 2 = 24; the loss is 24². ∂L/∂h₃ = 48, ∂L/∂h₂ = 96, ∂L/∂h₁ = 192.
const file = 'repeated.ts';
const text = [
  "import { input, model, param } from 'retrograd';",
  'const W = param(2);',
  'const x = input(3);',
  'function layer(x, W) {',
  '  const y = x.mul(W);',
  '  return y;',
  '}',
  'export const repeated = model(() => {',
  '  let h = x;',
  '  for (let i = 0; i < 3; i++) {',
  '    h = layer(h, W);',
  '  }',
  '  return h.square();',
  '});',
].join('\n');
// √(2 − 3) is NaN, made of finite numbers.
const other = 'strange.ts';
const strange = [
  "import { model, param } from 'retrograd';",
  'const w = param(2);',
  'export const strange = model(() => {',
  '  const u = w.sub(3);',
  '  const v = u.sqrt();',
  '  return v.square();',
  '});',
].join('\n');
const launch = {
  version: '0.2.0',
  configurations: [
    {
      type: 'retrograd',
      request: 'launch',
      name: 'To the first breakpoint',
      program: '${file}',
      pass: 'both',
      stopOnEntry: false,
    },
  ],
};

describe('where the debugger stops in VS Code', () => {
  let workbench: Workbench;
  inOneWindow('stops', { extension: 'source' }, (opened) => {
    workbench = opened;
    writeFileSync(join(opened.server.workspace, file), text);
    writeFileSync(join(opened.server.workspace, other), strange);
    mkdirSync(join(opened.server.workspace, '.vscode'));
    writeFileSync(join(opened.server.workspace, '.vscode', 'launch.json'), JSON.stringify(launch));
  });
  const page = (): Workbench['page'] => workbench.page;
  const views = new DebugViews(page);
  const console = async (): Promise<string> =>
    (await page().locator('.repl .monaco-list-row').allInnerTexts()).join('\n');
  /** The widget into which a condition or a message is written. */
  const write = async (command: string, line: number, what: string): Promise<void> => {
    await workbench.goTo(line, 1);
    await workbench.command(command);
    await page().locator('.breakpoint-widget .monaco-editor.focused').first().waitFor();
    await page().keyboard.type(what);
    await page().keyboard.press('Enter');
    await page().locator('.breakpoint-widget').first().waitFor({ state: 'detached' });
  };

  it('is at a condition on a parameter of the call, and messages are written on the way', async () => {
    await workbench.openFile(file);
    await workbench.lens('Step backward').waitFor({ timeout: 60_000 });
    await write('Debug: Add Conditional Breakpoint...', 5, 'x > 5');
    await write('Debug: Add Logpoint...', 11, 'h is {h}');
    await page().keyboard.press('Control+Shift+D');
    await page().keyboard.press('F5');
    await views.stopsAt('y[1] · mul');
    await until('the message', console, (seen) => seen.includes('h is 3') && seen.includes('h is 6'));
  });

  it('tells what the parameters of the call hold, in hover and console, and completes their names', async () => {
    const line = page().locator('.editor-instance .view-lines .view-line').filter({ hasText: 'const\u00a0y\u00a0=' });
    await until(
      'the value of x in a hover',
      async () => {
        await page().mouse.move(5, 5);
        await line.locator('span > span').filter({ hasText: /^x$/ }).first().hover();
        await page().waitForTimeout(1000);
        return (await page().locator('.debug-hover-widget').allInnerTexts()).join(' ');
      },
      (seen) => seen.trim().startsWith('6'),
    );
    await page().mouse.move(5, 5);
    await workbench.command('Debug Console: Focus on Debug Console View');
    await page().keyboard.type('x + W');
    await page().keyboard.press('Enter');
    await until('the sum', console, (seen) => /x \+ W\s+8/.test(seen));
    await page().keyboard.type('W.gr');
    await page().keyboard.press('Control+Space');
    await page().locator('.suggest-widget .monaco-list-row', { hasText: 'grad' }).first().waitFor();
    await page().keyboard.press('Escape');
    await workbench.command('View: Hide Panel');
  });

  it('goes on, and back to the same places', async () => {
    await views.button('continue').click();
    await views.stopsAt('y[2] · mul');
    await views.button('reverse-continue').click();
    await views.stopsAt('y[1] · mul');
    await views.button('continue').click();
    await views.stopsAt('y[2] · mul');
  });

  it('is where the cursor is, when one jumps there', async () => {
    await workbench.focusEditor(file);
    await workbench.goTo(13, 12);
    await workbench.command('Debug: Jump to Cursor');
    const choice = page().locator('.quick-input-list .monaco-list-row', { hasText: 'backward' }).first();
    await choice.waitFor();
    await choice.click();
    await views.stopsAt('L · square · ∂L/∂L = 1.0000');
  });

  it('tells the norm of a derivative in a watch', async () => {
    const header = page().locator('.pane-header', { hasText: 'Watch' }).first();
    await header.hover();
    await header.getByLabel('Add Expression').click();
    await page().keyboard.type('norm(dL/dW)');
    await page().keyboard.press('Enter');
    // The backward pass begins here: nothing of it is there.
    await until(
      'the watch',
      () => views.watched(),
      (rows) => rows.some((row) => /norm\(dL\/dW\) = none/.test(row)),
    );
  });

  it('is at a function breakpoint, when it was hit so many times', async () => {
    await views.button('reverse-continue').click();
    await views.stopsAt('y[2] · mul');
    await workbench.command('Debug: Focus on Breakpoints View');
    const header = page().locator('.pane-header', { hasText: 'Breakpoints' }).first();
    await header.hover();
    await header.getByLabel('Add Function Breakpoint').click();
    await page().keyboard.type('square');
    await page().keyboard.press('Enter');
    await views.chooseForBreakpoint('square', 'Edit Hit Count');
    await page().keyboard.type('2');
    await page().keyboard.press('Enter');
    // The first time is in the forward pass, where no gradient is.
    await views.button('continue').click();
    await views.stopsAt('L · square · ∂L/∂L = 1.0000');
  });

  it('is where the norm of a watched gradient grows beyond a bound', async () => {
    await workbench.command('Remove All Breakpoints');
    await workbench.command('Debug: Focus on Variables View');
    const scope = views.variable('Parameters');
    await views.variable('This step').click();
    await until(
      'the parameters',
      async () => {
        if ((await scope.getAttribute('aria-expanded')) === 'false') await scope.click();
        return views.variable('W').count();
      },
      (count) => count > 0,
    );
    await views.chooseFromMenu('W', 'Break on Value Change');
    await views.chooseForBreakpoint('∂L/∂W', 'Edit Condition');
    await page().keyboard.type('norm > 600');
    await page().keyboard.press('Enter');
    await views.button('continue').click();
    // 48·12 = 576 after the last layer, 576 + 96·6 = 1152 after the one before: what is next is the rule of the first.
    await until(
      'the sum',
      () => views.watched(),
      (rows) => rows.some((row) => /norm\(dL\/dW\) = 1152/.test(row)),
    );
    await workbench.command('Remove All Breakpoints');
  });

  it('is at the op that makes NaN of finite numbers, unless that filter is off', async () => {
    await views.button('stop').click();
    await views.isOver();
    await page().keyboard.press('Control+Shift+E');
    await workbench.openFile(other);
    await workbench.lens('Step backward').waitFor({ timeout: 60_000 });
    await page().keyboard.press('Control+Shift+D');
    await page().keyboard.press('F5');
    await views.stopsAt('v · sqrt');
    const told = 'sqrt makes NaN of finite numbers, in v.';
    await page().locator('.exception-widget', { hasText: told }).first().waitFor();
    const filters = await views.breakpoints();
    for (const name of ['Vanishing gradient', 'Exploding gradient', 'NaN or ∞', 'Dead unit', 'Gradient that'])
      assert.ok(
        filters.some((row) => row.startsWith(name)),
        `${name} among ${filters.join(', ')}`,
      );
    await views.breakpoint('NaN or ∞').getByRole('checkbox').first().click();
    await views.button('reverse-continue').click();
    await views.stopsAt('u · sub');
    await views.button('continue').click();
    await views.stopsAt('the end of the pass');
  });

  it('is nowhere once it has ended', async () => {
    await views.button('stop').click();
    await views.isOver();
    assert.deepEqual([...workbench.foreignRequests], []);
  });
});
