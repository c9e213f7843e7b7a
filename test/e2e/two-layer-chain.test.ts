import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainNumbers, shown } from './chain-numbers.ts';
import { inOneWindow } from './in-one-window.ts';
import { until } from './until.ts';
import type { Workbench } from './workbench.ts';

const file = 'two-layer-chain.ts';
const original = chainNumbers();

/** The lines of the example that the tests change. */
const lineOf = { w1: 'const w1', u1: 'const u1', Yj: 'const Yj', u2: 'const u2' } as const;

for (const extension of ['source', 'vsix'] as const) {
  describe(`two-layer-chain.ts in VS Code, the extension ${extension === 'source' ? 'from source' : 'installed'}`, () => {
    let workbench: Workbench;

    const lineNumber = (start: string): number => {
      const index = workbench.fileLines().findIndex((line) => line.trimStart().startsWith(start));
      assert.notEqual(index, -1, `the example has a line that starts with ${start}`);
      return index + 1;
    };

    // The installed one beside VS Code's own TypeScript support, whose hovers and problems share the screen with ours.
    const builtin = extension === 'vsix' ? ['typescript-language-features'] : [];
    inOneWindow(extension, { extension, builtin }, (opened) => {
      workbench = opened;
    });

    it('runs nothing before it is asked', async () => {
      await workbench.openFile(file);
      await workbench.lens('∇ Show graph').waitFor({ timeout: 60_000 });
      assert.match(await workbench.statusText(), /not running/);
      // Time enough for a run that should not be.
      await workbench.page.waitForTimeout(1500);
      assert.match(await workbench.statusText(), /not running/);
      assert.doesNotMatch((await workbench.lines()).join('\n'), /∇/);
    });

    it('opens the graph from above the model, with the values and gradients of the textbook', async () => {
      await workbench.lens('∇ Show graph').click();
      await workbench.panel.root.waitFor({ timeout: 60_000 });
      await workbench.panel.waitForStatus('live');
      const { values, gradients } = original;
      await workbench.panel.waitForNode('u1', values.u1, gradients.u1);
      await workbench.panel.waitForNode('Yj', values.Yj, gradients.Yj);
      await workbench.panel.waitForNode('u2', values.u2, gradients.u2);
      await workbench.panel.waitForNode('Y', values.Y, gradients.Y);
      await workbench.panel.waitForNode('E', values.E, gradients.E);
      await workbench.panel.waitForNode('w1', 0.8, gradients.w1);
      await workbench.panel.waitForNode('w2', -1.1, gradients.w2);
      await workbench.panel.waitForNode('b1', -0.2, gradients.b1);
      await workbench.panel.waitForNode('b2', 0.3, gradients.b2);
      await workbench.lens(shown(values.E)).waitFor();
      assert.match(await workbench.statusText(), new RegExp(shown(values.E)));
    });

    it('shows the chain-rule card of the node under the pointer, factor by factor', async () => {
      await workbench.panel.hover('w1');
      const card = await until(
        'the card of w₁ with its five factors',
        async () => ((await workbench.panel.card.count()) === 0 ? '' : workbench.panel.card.first().innerText()),
        (text) => original.factorsOfW1.every((factor) => text.includes(shown(factor))),
      );
      assert.ok(card.includes(shown(original.gradients.w1)), `the product stands in the card: ${card}`);
      await workbench.screenshot(`${extension}-card`);
    });

    it('reveals the expression of a node that is clicked, and selects the node under the cursor', async () => {
      await workbench.panel.click('u2');
      await until(
        'the cursor on the line of u₂',
        () => cursorLine(workbench),
        (line) => line === lineNumber(lineOf.u2),
      );
      await workbench.focusEditor(file);
      await workbench.goTo(lineNumber(lineOf.Yj), workbench.fileLines()[lineNumber(lineOf.Yj) - 1]!.indexOf('Yj') + 1);
      await until(
        'Yⱼ selected in the panel',
        () => workbench.panel.selected(),
        (names) => names.includes('Yj'),
      );
    });

    it('shows the same chain rule in the hover of an expression', async () => {
      const local = original.values.Y * (1 - original.values.Y);
      const hover = await workbench.hoverText(lineOf.u2, 'u2', (text) => text.includes(shown(local)));
      assert.ok(hover.includes(shown(original.gradients.u2)), hover);
      await workbench.screenshot(`${extension}-hover`);
      await workbench.page.keyboard.press('Escape');
    });

    it('writes value and gradient at the ends of lines', async () => {
      const line = await until(
        'hints behind u₁',
        () => workbench.line(lineOf.u1),
        (text) => text.includes(shown(original.values.u1)),
      );
      assert.ok(line.includes(shown(original.gradients.u1)), line);
    });

    it('follows a number that is changed and not saved: panel, hover, hints', async () => {
      const changed = chainNumbers({ w1: 0.5 });
      await workbench.focusEditor(file);
      await workbench.replace(lineNumber(lineOf.w1), '0.8', '0.5');
      await workbench.panel.waitForNode('w1', 0.5, changed.gradients.w1);
      await workbench.panel.waitForNode('E', changed.values.E, 1);
      await workbench.panel.waitForNode('u1', changed.values.u1, changed.gradients.u1);
      await until(
        'hints to follow',
        () => workbench.line(lineOf.u1),
        (text) => text.includes(shown(changed.values.u1)),
      );
      await workbench.hoverText(lineOf.u2, 'u2', (text) => text.includes(shown(changed.gradients.u2)));
      await workbench.page.keyboard.press('Escape');
      assert.match(workbench.fileLines().join('\n'), /param\(0\.8\)/, 'the file on disk is as it was');
    });

    it('shows the problem and the stale graph when the code is broken, and goes on when it is mended', async () => {
      const changed = chainNumbers({ w1: 0.5 });
      await workbench.focusEditor(file);
      await workbench.replace(lineNumber(lineOf.Yj), 'tanh', 'tahn');
      await workbench.panel.waitForStatus('stale');
      await workbench.panel.problems.first().waitFor();
      await workbench.panel.waitForNode('u1', changed.values.u1, changed.gradients.u1);
      await workbench.command('Problems: Focus on Problems View');
      const line = lineNumber(lineOf.Yj);
      await until(
        'the problem in the Problems view',
        () => workbench.problems(),
        (rows) => rows.some((row) => row.includes(`[Ln ${line},`)),
      );
      await workbench.screenshot(`${extension}-stale`);

      await workbench.focusEditor(file);
      await workbench.goTo(line, workbench.fileLines()[line - 1]!.indexOf('tanh') + 1);
      for (let count = 0; count < 4; count += 1) await workbench.page.keyboard.press('Shift+ArrowRight');
      await workbench.page.keyboard.type('tanh');
      await workbench.panel.waitForStatus('live');
      await until(
        'the problem to go',
        () => workbench.problems(),
        (rows) => rows.length === 0,
      );
      await workbench.panel.waitForNode('E', changed.values.E, 1);
    });

    it('comes back as it was after the window is reloaded', async function () {
      this.timeout(180_000);
      await workbench.focusEditor(file);
      await workbench.command('File: Revert File');
      await workbench.panel.waitForNode('E', original.values.E, 1);
      await workbench.panel.click('Yj');
      const inspected = workbench.panel.inspector.getByText('∂E/∂Yⱼ').first();
      await inspected.waitFor();
      await workbench.reload();
      await workbench.panel.root.waitFor({ timeout: 60_000 });
      await workbench.panel.waitForStatus('live');
      await workbench.panel.waitForNode('E', original.values.E, 1);
      await inspected.waitFor();
    });

    it('puts the library and its types into the workspace on command', async () => {
      await workbench.focusEditor(file);
      await workbench.lens('∇').first().waitFor({ timeout: 60_000 });
      if (extension === 'vsix') {
        await workbench.command('Problems: Focus on Problems View');
        await until(
          'the editor not to know the library',
          () => workbench.allProblems(),
          (text) => text.includes("'retrograd'"),
          60_000,
        );
      }
      await workbench.command('Retrograd: Add the Library to This Workspace');
      const made = join(workbench.server.workspace, 'node_modules', 'retrograd');
      const written = async (path: string): Promise<string> =>
        existsSync(join(made, path)) ? readFileSync(join(made, path), 'utf8') : '';
      // A file is there before what is in it.
      const text = await until(
        'the manifest of the library',
        () => written('package.json'),
        (seen) => seen.trimEnd().endsWith('}'),
      );
      const manifest = JSON.parse(text) as { name: string; types: string };
      assert.equal(manifest.name, 'retrograd');
      await until(
        'the types of the library',
        () => written(manifest.types),
        (seen) => seen.includes('param'),
      );
      if (extension === 'vsix') {
        await until(
          'the editor to know the library',
          () => workbench.allProblems(),
          (text) => !text.includes("'retrograd'"),
          60_000,
        );
      }
    });

    for (const theme of ['Dark Modern', 'Light Modern', 'Dark High Contrast']) {
      it(`looks right in ${theme}`, async () => {
        await workbench.chooseTheme(theme);
        const kind = theme.includes('High Contrast') ? 'hc-black' : theme.includes('Light') ? 'vs' : 'vs-dark';
        await workbench.page.locator(`.monaco-workbench.${kind}`).waitFor();
        await workbench.panel.waitForStatus('live');
        await workbench.panel.hover('w1');
        await workbench.panel.card.first().waitFor();
        await workbench.screenshot(`${extension}-${theme.toLowerCase().replaceAll(' ', '-')}`);
      });
    }

    it('asks no other machine for anything', () => {
      assert.deepEqual([...workbench.foreignRequests], []);
    });
  });
}

/** The line that the editor marks as its current one, which it does without the focus too. */
async function cursorLine(workbench: Workbench): Promise<number> {
  const texts = await workbench.page.locator('.editor-instance .line-numbers.active-line-number').allInnerTexts();
  return Number(texts[0]);
}
