import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { inOneWindow } from './in-one-window.ts';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';

const file = 'xor.ts';

describe('training in VS Code', () => {
  let workbench: Workbench;
  /** The loss of the weights that the file begins with. */
  let initial: number;

  inOneWindow('training', { extension: 'source' }, async (opened) => {
    workbench = opened;
    await workbench.openFile(file);
  });

  const frame = (): FrameLocator =>
    workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  const strip = (): Locator => frame().locator('[data-testid=training]');
  const phase = (wanted: string): Promise<void> =>
    frame().locator(`[data-testid=training][data-phase=${wanted}]`).waitFor({ timeout: 30_000 });
  const button = (name: string): Promise<void> => strip().getByRole('button', { name, exact: true }).click();
  const step = async (): Promise<number> =>
    Number(/step (\d+) of 2000/.exec(await strip().innerText())?.[1] ?? Number.NaN);
  const loss = async (): Promise<number> => (await workbench.panel.node('loss'))?.value ?? Number.NaN;
  const status = async (): Promise<string> => {
    const item = workbench.page.locator('[id$="retrograd.trainingStatus"]');
    return (await item.count()) === 0 ? '' : (await item.first().innerText()).trim();
  };
  const chip = (): Locator => frame().locator('[data-testid=shown-step]');

  it('offers training above the model once it has run, and begins when it is asked to', async () => {
    await workbench.lens('∇ Show graph').click({ timeout: 60_000 });
    await workbench.panel.root.waitFor({ timeout: 60_000 });
    await workbench.panel.waitForStatus('live');
    await phase('none');
    initial = await loss();
    await workbench.lens('Train').click();
    await until('steps', step, (seen) => seen > 0, 60_000);
  });

  it('makes the loss fall, as panel and status bar have it', async () => {
    await phase('finished');
    assert.equal(await step(), 2000);
    const text = await status();
    assert.match(text, /step 2000 of 2000 · 0\.\d+$/);
    assert.ok(Number(text.split(' · ')[1]) < initial / 100, text);
    await strip().locator('[data-chart=Loss] canvas').waitFor();
    await strip().getByText('live graph: weights of step 2000').waitFor({ timeout: 30_000 });
    await until('the loss of the trained weights', loss, (seen) => seen < initial / 100);
    await until(
      'the hint to be of them too',
      () => workbench.line('const loss'),
      (line) => line !== '' && !line.includes(initial.toFixed(4)),
    );
    await workbench.lens(`loss = ${(await loss()).toPrecision(4)}`).waitFor({ timeout: 30_000 });
    await workbench.screenshot('training-finished');
  });

  it('is slowed down, and starts over from the command palette as slowly', async () => {
    await strip().getByRole('combobox', { name: 'Speed' }).click();
    await strip().getByRole('option', { name: '10 steps/s', exact: true }).click();
    await workbench.focusEditor(file);
    await workbench.command('Retrograd: Train Model');
    await phase('running');
  });

  it('pauses by a click in the status bar, and the live graph has the weights of that step', async () => {
    await until('ten steps', step, (seen) => seen > 10);
    await workbench.page.locator('[id$="retrograd.trainingStatus"]').click();
    await phase('paused');
    await strip()
      .getByText(`live graph: weights of step ${await step()}`)
      .waitFor({ timeout: 30_000 });
    await until('the loss of the trained weights', loss, (seen) => Math.abs(seen - initial) > 1e-3);
  });

  it('scrubs to the first step: graph, hints and hover are of it', async () => {
    await strip().getByTestId('training-scrubber').press('Home');
    await chip().filter({ hasText: 'step 1 of 2000' }).waitFor({ timeout: 30_000 });
    await until('the first loss', loss, (seen) => Math.abs(seen - initial) < 1e-4);
    await until(
      'its hint',
      () => workbench.line('const loss'),
      (line) => line.includes(initial.toFixed(4)),
    );
    await workbench.hoverText('const loss', 'loss', (text) => text.includes(initial.toFixed(4)));
    await workbench.screenshot('training-scrubbed');
    await workbench.chooseTheme('Light Modern');
    await workbench.screenshot('training-scrubbed-light');
    await workbench.chooseTheme('Dark Modern');
  });

  it('is back at the live graph', async () => {
    await chip().getByRole('button', { name: 'Back to live' }).click();
    await chip().waitFor({ state: 'detached' });
    await until('the loss of the trained weights', loss, (seen) => Math.abs(seen - initial) > 1e-3);
  });

  it('makes one step more', async () => {
    const before = await step();
    await button('One step');
    await until('one step', step, (seen) => seen === before + 1);
  });

  it('keeps the weights over an edit, and trains the edited text on when it is asked to', async () => {
    await workbench.focusEditor(file);
    const lines = workbench.fileLines(file);
    const line = lines.findIndex((text) => text.includes('lr: 0.5'));
    await workbench.goTo(line + 1, lines[line]!.indexOf('0.5') + 4);
    await workbench.page.keyboard.type('2');
    await strip().getByText('The text was edited').waitFor();
    await until('the weights to be kept', loss, (seen) => Math.abs(seen - initial) > 1e-3);
    await strip().getByText('keep trained weights').click();
    await until('the weights of the program', loss, (seen) => Math.abs(seen - initial) < 1e-4);
    await strip().getByText('keep trained weights').click();
    await button('Train the edited text');
    await phase('running');
    await until('steps of the edited text', step, (seen) => seen > 0);
  });

  it('ends, and asks nobody outside', async () => {
    await button('End the training');
    await phase('none');
    await until('the status bar to say nothing of it', status, (text) => text === '');
    assert.deepEqual([...workbench.foreignRequests], []);
  });
});
