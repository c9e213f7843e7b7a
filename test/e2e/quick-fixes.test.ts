import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inOneWindow } from './in-one-window.ts';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';

/** A file that the list has from the start; its text is another here. */
const file = 'neuron.ts';
/** 30 layers of sigmoids, whose derivatives are at most 0.25. */
const sick = `import { input, model, param, randn } from 'retrograd';

const layers = Array.from({ length: 30 }, (_, i) => param(randn([16, 16], { seed: i + 1 })));
const head = param(randn([16, 1], { seed: 99 }).mul(0.25));

export const net = model(() => {
  let h = input(randn([8, 16], { seed: 5 }));
  for (const W of layers) {
    h = h.matmul(W).sigmoid();
  }
  return h.matmul(head).sub(1).square().mean();
});
`;
const line = 9;
const column = 20;

describe('quick fixes in VS Code', () => {
  let workbench: Workbench;

  inOneWindow('fixes', { extension: 'source' }, (opened) => {
    workbench = opened;
    writeFileSync(join(workbench.server.workspace, file), sick);
  });

  const vanishes = async (): Promise<boolean> => (await workbench.allProblems()).includes('vanishing-gradient');

  it('tell of a gradient that vanishes, in the Problems view', async () => {
    await workbench.openFile(file);
    await workbench.lens('∇ Show graph').click({ timeout: 60_000 });
    await workbench.command('Problems: Focus on Problems View');
    await until(
      'the finding',
      () => workbench.allProblems(),
      (text) => text.includes('vanishing-gradient'),
    );
  });

  it('are offered at its line, with a comment to silence it', async () => {
    await workbench.focusEditor(file);
    await workbench.goTo(line, column);
    const menu = workbench.page.locator('.action-widget');
    await until(
      'the fixes',
      async () => {
        await workbench.page.keyboard.press('Escape');
        await workbench.page.keyboard.press('Control+.');
        await menu.waitFor({ timeout: 8000 }).catch(() => undefined);
        return (await menu.count()) === 0 ? '' : menu.first().innerText();
      },
      (text) => text.includes('Use relu in place of sigmoid, with He initialisation'),
    );
    const text = await menu.first().innerText();
    assert.match(text, /Add a residual connection/);
    assert.match(text, /Silence this finding \(vanishing-gradient\)/);
    // One finding, whose fix has several places.
    assert.doesNotMatch(text, /everywhere in this file/);
    await workbench.screenshot('quick-fixes');
    await workbench.page.keyboard.press('Escape');
  });

  it('mend it: the preferred one is the one that a run has shown to help', async () => {
    await workbench.focusEditor(file);
    await workbench.goTo(line, column);
    await workbench.command('Auto Fix...');
    await until(
      'the mended line',
      () => workbench.line('h ='),
      (text) => text.includes('h.matmul(W).relu()'),
    );
    assert.match(await workbench.line('const layers'), /\.mul\(Math\.sqrt\(2 \/ 16\)\)/);
    await until('the finding gone', vanishes, (still) => !still);
  });
});
