import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type OpenPanel, openPanel } from './open-panel.ts';
import { readFileSync } from 'node:fs';
import { themes, wear } from './themes.ts';

interface Stop {
  readonly name: string;
  /** Pixels that differ with and without the focus by a contrast of 3 and more, which WCAG 2.2 asks of it. */
  readonly ring: number;
}

/** What has the focus, in words; null when it has left the page. */
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const shown = one.getAttribute('aria-label') ?? one.textContent.trim().slice(0, 30);
    return `${one.getAttribute('role') ?? one.tagName.toLowerCase()} ${shown}`;
  });

/** How much of the picture of what has the focus is there because it has it. */
async function ringOf(page: Page): Promise<number> {
  const box = await page.evaluate(() => {
    const { x, y, width, height } = document.activeElement!.getBoundingClientRect();
    return { x: Math.max(0, x - 5), y: Math.max(0, y - 5), width: width + 10, height: height + 10 };
  });
  const picture = async (): Promise<string> => (await page.screenshot({ clip: box })).toString('base64');
  const withFocus = await picture();
  await page.evaluate(() => {
    const one = document.activeElement as HTMLElement;
    one.blur();
    (window as unknown as { one: HTMLElement }).one = one;
  });
  const without = await picture();
  await page.evaluate(() => (window as unknown as { one: HTMLElement }).one.focus());
  return page.evaluate(
    async (pictures) => {
      const light: number[][] = [];
      for (const png of pictures) {
        const image = new Image();
        image.src = `data:image/png;base64,${png}`;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext('2d')!;
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, image.width, image.height);
        // Relative luminance of WCAG 2.2, in sRGB.
        const linear = Array.from(data, (channel) =>
          channel <= 10 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4,
        );
        light.push(
          Array.from(
            { length: data.length / 4 },
            (_, i) => 0.2126 * linear[4 * i]! + 0.7152 * linear[4 * i + 1]! + 0.0722 * linear[4 * i + 2]!,
          ),
        );
      }
      const [a, b] = light as [number[], number[]];
      return a.filter((one, i) => (Math.max(one, b[i]!) + 0.05) / (Math.min(one, b[i]!) + 0.05) >= 3).length;
    },
    [withFocus, without],
  );
}

describe('the focus in the panel', function () {
  this.timeout(120_000);
  let panel: OpenPanel;
  before(async () => {
    panel = await openPanel(readFileSync('examples/xor.ts', 'utf8'));
    await panel.page.setViewportSize({ width: 700, height: 860 });
    await panel.inspect('W1', 'Check');
    await panel.page.mouse.move(3, 3);
  });
  after(() => panel.close());

  async function stops(): Promise<Stop[]> {
    // From the beginning of the page.
    await panel.page.evaluate(() => {
      document.body.tabIndex = -1;
      document.body.focus();
    });
    const found: Stop[] = [];
    for (;;) {
      await panel.page.keyboard.press('Tab');
      const name = await focused(panel.page);
      if (name === null || found.length === 40) return found;
      // The list of nodes is for reading aloud: where its focus is, the drawing and the card beside it say.
      found.push({ name, ring: name.startsWith('treeitem') ? Infinity : await ringOf(panel.page) });
    }
  }

  for (const theme of themes)
    it(`goes through all there is, in the order of reading, and is seen wherever it is: ${theme}`, async () => {
      await wear(panel.page, theme);
      const found = await stops();
      assert.deepEqual(
        found.filter(({ ring }) => ring < 24),
        [],
      );
      assert.deepEqual(
        found.map(({ name }) => name.replace(/,.*/, '')),
        [
          'combobox Model',
          'vscode-button Run again',
          'button 0 findings',
          'radio Forward',
          'vscode-text-field Search nodes',
          'combobox Detail',
          'vscode-button Fit the graph into view',
          'treeitem W₁',
          'tab Check',
          'tabpanel Check this gradientCheck allCo',
          'vscode-button Check this gradient',
          'vscode-button Check all',
          'vscode-button Train',
        ],
      );
    });

  it('moves among the tabs by arrows, Home and End, and what they show with it', async () => {
    await panel.page.getByRole('tab', { name: 'Check', exact: true }).focus();
    for (const [key, tab] of [
      ['ArrowRight', 'What if'],
      ['ArrowRight', 'Chain rule'],
      ['ArrowLeft', 'What if'],
      ['Home', 'Chain rule'],
      ['End', 'What if'],
    ] as const) {
      await panel.page.keyboard.press(key);
      assert.equal(await focused(panel.page), `tab ${tab}`);
      await panel.page.locator('[role=tab][aria-selected=true]').filter({ hasText: tab }).waitFor();
    }
  });
});
