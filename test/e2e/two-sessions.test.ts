import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DebugViews } from './debug-views.ts';
import { inOneWindow } from './in-one-window.ts';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';

// The gradient of p grows from 1 to 40 in one rule, which is exploding to this folder's configuration alone.
const growing = [
  "import { model, param } from 'retrograd';",
  'const p = param(2);',
  'export const first = model(() => p.square());',
  'export const second = model(() => {',
  '  const q = p.mul(40);',
  '  const r = q.add(1);',
  '  return r;',
  '});',
].join('\n');
const config = { health: { thresholds: { explodingNorm: 20 } } };
const launch = {
  version: '0.2.0',
  configurations: [
    {
      type: 'retrograd',
      request: 'launch',
      name: 'Both ways through the second',
      program: '${workspaceFolder}/own/growing.ts',
      model: 'second',
      pass: 'both',
      stopOnEntry: true,
    },
    {
      type: 'retrograd',
      request: 'launch',
      name: 'Third step of training',
      program: '${workspaceFolder}/xor.ts',
      step: 3,
    },
  ],
};

describe('two debug sessions in VS Code', () => {
  let workbench: Workbench;
  inOneWindow('sessions', { extension: 'source' }, (opened) => {
    workbench = opened;
    const at = (...path: string[]): string => join(opened.server.workspace, ...path);
    for (const folder of ['own', '.vscode']) mkdirSync(at(folder));
    writeFileSync(at('own', 'growing.ts'), growing);
    writeFileSync(at('own', 'retrograd.config.json'), JSON.stringify(config));
    writeFileSync(at('.vscode', 'launch.json'), JSON.stringify(launch));
  });
  const page = (): Workbench['page'] => workbench.page;
  const views = new DebugViews(page);
  const showing = (title: string): Promise<string> =>
    until(
      `the panel to follow ${title}`,
      async () => (await workbench.panel.stepBar.getByTestId('step-title').allInnerTexts()).join(),
      (text) => text === title,
    );
  const start = async (name: string): Promise<void> => {
    await workbench.command('Debug: Select and Start Debugging');
    await page().locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
  };

  it('are started above a model, and by a configuration for a model of another folder', async () => {
    await workbench.openFile('two-layer-chain.ts');
    await workbench.lens('∇ Show graph').first().click({ timeout: 60_000 });
    await workbench.panel.waitForStatus('live');
    await workbench.focusEditor('two-layer-chain.ts');
    await workbench.lens('Step backward').click();
    await page().keyboard.press('Control+Shift+D');
    await views.stopsAt('E · mul');
    await showing('chain · backward pass, step 1 of 12');
    await start('Both ways through the second');
    // The editor stays in the session that one is in, and so does the panel.
    await views.frame('Both ways through the second').waitFor();
    await showing('chain · backward pass, step 1 of 12');
    await views.frame('Both ways through the second').click();
    await showing('second · forward pass, op 1 of 2');
    await workbench.panel.waitForNode('q', 80, 1);
  });

  it('step each on their own, and the panel follows the one that is in front', async () => {
    await views.button('step-over').click();
    await showing('second · forward pass, op 2 of 2');
    await views.frame('Step backward: chain').click();
    await showing('chain · backward pass, step 1 of 12');
    await workbench.panel.waitForStatus('live');
    await workbench.panel.item('Yj').first().waitFor();
    await views.button('step-over').click();
    await showing('chain · backward pass, step 2 of 12');
    await workbench.screenshot('sessions');
    await views.frame('Both ways through the second').click();
    await showing('second · forward pass, op 2 of 2');
    await workbench.panel.item('q').first().waitFor();
  });

  it('judge gradients by the configuration of their own folder', async () => {
    const box = page().locator('.debug-breakpoints .monaco-list-row', { hasText: 'Exploding' }).getByRole('checkbox');
    await box.check();
    await views.button('continue').click();
    await page().getByText('In mul the norm of the gradient grows from 1 at q to 40 at p').first().waitFor();
    await showing('second · backward pass, step 2 of 2');
  });

  it('end each on their own', async () => {
    await views.button('stop').click();
    await showing('chain · backward pass, step 2 of 12');
    await views.stopsAt('square');
    await views.button('step-over').click();
    await showing('chain · backward pass, step 3 of 12');
    await views.button('stop').click();
    await views.isOver();
    await workbench.panel.stepBar.waitFor({ state: 'detached' });
  });

  it('go through the step of training that a configuration names', async () => {
    await start('Third step of training');
    await until(
      'the panel to follow',
      async () => (await workbench.panel.stepBar.allInnerTexts()).join(),
      (text) => text.includes('backward pass, step 1 of') && !text.includes('the run as it was'),
    );
    await workbench.screenshot('sessions-third-step');
    await views.button('stop').click();
    await views.isOver();
    assert.deepEqual([...workbench.foreignRequests], []);
  });
});
