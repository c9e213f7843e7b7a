import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { OpenPanel } from './open-panel.ts';
import { settled } from './picture.ts';
import { states } from './states.ts';
import { themes, wear } from './themes.ts';

/** The last is a panel of 1000 by 800 at a zoom of 200 %. */
const sizes = [
  { width: 380, height: 860 },
  { width: 520, height: 860 },
  { width: 1000, height: 860 },
  { width: 500, height: 400 },
];

/** Parts that are read from top to bottom: what is broader than they are is out of sight. */
const columns = [
  '.panel, .toolbar, .step-chip, .what-if-chip, .element-chip, .problems, .findings, .comparison header',
  '.under-picture, .inspector, .tabs, .training-bar, .charts',
].join(', ');

/** What is broader than its part of the panel, and what lies on its neighbour. */
const misplaced = (page: Page): Promise<string[]> =>
  page.evaluate((wanted) => {
    const found: string[] = [];
    for (const one of document.querySelectorAll(wanted))
      if (one.scrollWidth > one.clientWidth + 1)
        found.push(`${one.className} is ${one.scrollWidth} pixels wide in ${one.clientWidth}`);
    for (const parent of document.querySelectorAll('.panel, .body, .picture')) {
      const out = parent.getBoundingClientRect();
      const parts = [...parent.children].filter((one) => !one.matches('.for-screen-readers'));
      parts.forEach((one, i) => {
        const [box, next] = [one.getBoundingClientRect(), parts[i + 1]?.getBoundingClientRect()];
        if (next && box.bottom > next.top + 1 && box.right > next.left + 1)
          found.push(`${one.className} lies on ${parts[i + 1]!.className}`);
        if (!parent.matches('.panel') && box.bottom > out.bottom + 1) found.push(`${one.className} hangs out below`);
      });
    }
    return found;
  }, columns);

/** What keeps people out, once the toolkit has taken over the colours of the theme. */
async function barriersIn(panel: OpenPanel, theme: string): Promise<string[]> {
  await wear(panel.page, theme);
  for (let attempt = 1; ; attempt++) {
    const barriers = await panel.barriers();
    if (barriers.length === 0 || attempt === 10) return barriers.map((barrier) => `${theme}: ${barrier}`);
    await panel.page.waitForTimeout(100);
  }
}

for (const { name, open, views } of states)
  describe(`the panel: ${name}`, function () {
    this.timeout(120_000);
    let panel: OpenPanel;
    before(async () => {
      panel = await open();
    });
    after(() => panel.close());

    for (const { name: view, show } of views ?? [{ name: 'it', show: null }]) {
      it(`${view} has nothing cut off and nothing on top of another at any width, nor at a zoom of 200 %`, async () => {
        await show?.(panel);
        const found: string[] = [];
        for (const size of sizes) {
          await panel.page.setViewportSize(size);
          await settled(panel.page);
          for (const one of await misplaced(panel.page)) found.push(`${size.width}: ${one}`);
        }
        assert.deepEqual(found, []);
      });

      it(`${view} can be read by everybody in every theme`, async () => {
        await panel.page.setViewportSize(sizes[1]!);
        const found: string[] = [];
        for (const theme of themes) found.push(...(await barriersIn(panel, theme)));
        assert.deepEqual(found, []);
      });
    }
  });
