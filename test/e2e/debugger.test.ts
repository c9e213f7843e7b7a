import assert from 'node:assert/strict';
import { chainNumbers, shown } from './chain-numbers.ts';
import { DebugViews } from './debug-views.ts';
import { inOneWindow } from './in-one-window.ts';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';

const file = 'two-layer-chain.ts';
const { values, gradients } = chainNumbers();

describe('the debugger in VS Code', () => {
  let workbench: Workbench;

  inOneWindow('debugger', { extension: 'source' }, (opened) => {
    workbench = opened;
  });

  const page = (): Workbench['page'] => workbench.page;
  /** The line that the editor marks as the next one. */
  const markedLine = async (): Promise<number> =>
    (await page().locator('.debug-top-stack-frame-line').count()) === 0
      ? 0
      : Number((await page().locator('.editor-instance .line-numbers.active-line-number').allInnerTexts())[0]);
  const views = new DebugViews(page);

  it('starts from above the model, at the gradient of the loss', async () => {
    await workbench.openFile(file);
    await workbench.lens('Step backward').waitFor({ timeout: 60_000 });
    await workbench.lens('Step backward').click();
    await page().locator('.debug-toolbar').first().waitFor();
    await page().keyboard.press('Control+Shift+D');
    const [top] = await views.stopsAt('E · mul');
    assert.match(top!, /∂E\/∂E = 1\.0000/);
    const line = workbench.fileLines().findIndex((text) => text.includes('const E =')) + 1;
    await until('the line of E to be marked', markedLine, (seen) => seen === line);
  });

  it('steps rule by rule, with the chain rule as the call stack and the numbers in the variables', async () => {
    for (const name of ['square', 'sub', 'Y · sigmoid']) {
      await page().keyboard.press('F10');
      await views.stopsAt(name);
    }
    // The loss is last: E = ½(Y − T)².
    await until(
      'the chain rule in the call stack',
      () => views.frames(),
      (rows) =>
        rows[0]?.includes(`∂E/∂Y = ${shown(gradients.Y)}`) === true &&
        rows.some((row) => row.startsWith('E · mul · ∂E/∂E = 1.0000')),
    );
    const incoming = String(Math.abs(gradients.Y)).slice(0, 7);
    await until(
      'the incoming gradient in the variables',
      () => views.variables(),
      (rows) => rows.some((row) => row.startsWith('incoming ∂E/∂Y') && row.includes(incoming)),
    );
  });

  it('steps back', async () => {
    await views.button('step-back').click();
    await views.stopsAt('sub');
    await page().keyboard.press('F10');
    await views.stopsAt('Y · sigmoid');
  });

  it('reads what is watched', async () => {
    const header = page().locator('.pane-header', { hasText: 'Watch' }).first();
    await header.hover();
    await header.getByLabel('Add Expression').click();
    await page().keyboard.type('Y * (1 - Y)');
    await page().keyboard.press('Enter');
    await until(
      'the watch',
      () => views.watched(),
      (rows) => rows.some((row) => row.includes(String(values.Y * (1 - values.Y)).slice(0, 7))),
    );
  });

  it('tells values in the hover and in the console', async () => {
    const line = page().locator('.editor-instance .view-lines .view-line').filter({ hasText: 'const\u00a0Y\u00a0=' });
    await until(
      'the value of Y in a hover',
      async () => {
        await page().mouse.move(5, 5);
        await line.locator('span > span').filter({ hasText: 'Y' }).first().hover();
        await page().waitForTimeout(1000);
        return (await page().locator('.debug-hover-widget').allInnerTexts()).join(' ');
      },
      (text) => text.includes(String(values.Y).slice(0, 6)),
    );
    await page().mouse.move(5, 5);
    await workbench.command('Debug Console: Focus on Debug Console View');
    await page().keyboard.type('norm(dE/dY)');
    await page().keyboard.press('Enter');
    await until(
      'the answer in the console',
      async () => (await page().locator('.repl .monaco-list-row').allInnerTexts()).join('\n'),
      (text) => text.includes(String(Math.abs(gradients.Y)).slice(0, 6)),
    );
    await workbench.command('View: Hide Panel');
  });

  it('has the panel follow: the next node ringed, what is not there faint, its buttons and scrubber driving', async () => {
    await workbench.focusEditor(file);
    await workbench.command('Retrograd: Show Graph');
    await workbench.panel.root.waitFor({ timeout: 60_000 });
    await workbench.panel.waitForStatus('live');
    const standing = async (name: string): Promise<string> =>
      `${await workbench.panel.item(name).first().getAttribute('data-standing')} ${(await workbench.panel.item(name).first().getAttribute('aria-current')) ?? ''}`.trim();
    const stands = (name: string, wanted: string): Promise<string> =>
      until(
        `${name} to be ${wanted}`,
        () => standing(name),
        (seen) => seen === wanted,
      );
    await stands('Y', 'solid step');
    await stands('E', 'solid');
    await stands('u2', 'faint');
    await stands('w1', 'faint');
    await workbench.panel.button('Step over');
    await stands('u2', 'solid step');
    await views.stopsAt('u₂ · add');
    await workbench.panel.button('Step back');
    await stands('u2', 'faint');
    await views.stopsAt('Y · sigmoid');
    await workbench.panel.click('Yj');
    await workbench.panel.button('To the selected node');
    await views.stopsAt('Yⱼ · tanh');
    await stands('Yj', 'solid step');
    await workbench.panel.scrub(0);
    await views.stopsAt('E · mul');
    await stands('Y', 'faint');
  });

  it('writes only those gradients at the ends of lines that are there', async () => {
    await until(
      'no gradient behind u₁',
      () => workbench.line('const u1'),
      (text) => text.includes(shown(values.u1)) && !text.includes('∂'),
    );
  });

  it('stops when a watched gradient changes', async () => {
    await workbench.command('Debug: Focus on Variables View');
    const scope = views.variable('Parameters');
    // Makes room: rows below the edge are not there.
    await views.variable('This step').click();
    const w2 = views.variable('w2');
    await until(
      'the parameters',
      async () => {
        // The view is drawn anew after every stop, and may be in the middle of it.
        if ((await scope.getAttribute('aria-expanded')) === 'false') await scope.click();
        return w2.count();
      },
      (count) => count > 0,
    );
    await views.chooseFromMenu('w2', 'Break on Value Change');
    await workbench.focusEditor(file);
    await page().keyboard.press('F5');
    // The product Yj · w2 has given w2 its gradient: what is next is tanh.
    await views.stopsAt('Yⱼ · tanh');
    await page().getByText('Gradient changed').first().waitFor();
    await workbench.panel.waitForStatus('live');
    await until(
      '∂E/∂w₂ behind its line',
      () => workbench.line('const w2'),
      (text) => text.includes(shown(gradients.w2)),
    );
  });

  for (const theme of ['Light Modern', 'Dark Modern']) {
    it(`looks right in ${theme}`, async () => {
      await workbench.chooseTheme(theme);
      await page()
        .locator(`.monaco-workbench.${theme.startsWith('Light') ? 'vs' : 'vs-dark'}`)
        .waitFor();
      await page().mouse.move(5, 5);
      await page().waitForTimeout(1500);
      await workbench.screenshot(`debugger-${theme.toLowerCase().replaceAll(' ', '-')}`);
    });
  }

  it('has the numbers of a what-if in panel and hints, marked as such, and leads back to those of the run', async () => {
    const changed = chainNumbers({ w1: 0.5 });
    await views.chooseFromMenu('w1', 'Set Value');
    const input = page().locator('.debug-variables .monaco-inputbox input').first();
    await input.fill('0.5');
    await input.press('Enter');
    await workbench.panel.waitForNode('Y', changed.values.Y, changed.gradients.Y);
    const note = workbench.panel.stepBar.getByTestId('step-what-if');
    assert.equal(await note.innerText(), 'what if: w₁ = 0.5 (was 0.8)');
    const hint = (right: (text: string) => boolean): Promise<string> =>
      until('the hint behind u₁', () => workbench.line('const u1'), right);
    await hint((text) => text.includes(shown(changed.values.u1)) && text.includes('what if'));
    await workbench.lens(/E = .* · what if/).waitFor();
    await workbench.screenshot('debugger-what-if');
    await workbench.panel.button('Restore the run’s values');
    await workbench.panel.waitForNode('Y', values.Y, gradients.Y);
    await note.waitFor({ state: 'detached' });
    await hint((text) => text.includes(shown(values.u1)) && !text.includes('what if'));
  });

  it('says when the text is edited under it, and starts again at the same step', async () => {
    const changed = chainNumbers({ w1: 0.5 });
    await workbench.replace(workbench.fileLines().findIndex((line) => line.startsWith('const w1')) + 1, '0.8', '0.5');
    // Behind the complaints of VS Code about built-in extensions that a test leaves out.
    await workbench.command('Notifications: Show Notifications');
    const restart = page().getByRole('button', { name: 'Restart at This Step' }).first();
    await restart.waitFor();
    await restart.click();
    await until(
      'the new run at the same step',
      () => views.frames(),
      (rows) => rows[0]?.includes(`∂E/∂Yⱼ = ${shown(changed.gradients.Yj)}`) === true,
    );
  });

  it('ends', async () => {
    await page().keyboard.press('Shift+F5');
    await views.isOver();
    await workbench.panel.stepBar.waitFor({ state: 'detached' });
    assert.deepEqual([...workbench.foreignRequests], []);
  });

  it('starts from the palette, at the model of the file', async () => {
    await workbench.focusEditor(file);
    await workbench.command('Retrograd: Step Through the Backward Pass');
    await views.stopsAt('E · mul');
    await page().keyboard.press('Shift+F5');
    await views.isOver();
    assert.deepEqual([...workbench.foreignRequests], []);
  });
});
