import assert from 'node:assert/strict';
import { type OpenPanel, openPanel } from './open-panel.ts';

/** σ′ is at most 1/4: forty of them leave at most 4⁻⁴⁰ = 8e−25 of the gradient. */
const text = `import { model, param } from 'retrograd';
const w = param(0);
export const m = model(() => {
  let h = w;
  for (let i = 0; i < 40; i++) h = h.sigmoid();
  return h;
});
`;

describe('a long graph, all of it on the page', function () {
  this.timeout(60_000);
  let panel: OpenPanel;
  before(async () => (panel = await openPanel(text)));
  after(() => panel.close());

  /** The colour in the middle of a node. */
  const colourOf = (last: boolean): Promise<number[]> =>
    panel.page.evaluate((isLast) => {
      const items = Array.from(document.querySelectorAll('[data-node-name]'));
      const item = items.find((one) => one.getAttribute('data-node-name') === (isLast ? 'm' : 'w')) ?? items.at(-1)!;
      const canvas = document.querySelector('canvas')!;
      const { left, top, width } = canvas.getBoundingClientRect();
      const ratio = canvas.width / width;
      const x = (Number(item.getAttribute('data-x')) - left) * ratio;
      const y = (Number(item.getAttribute('data-y')) - top) * ratio;
      return Array.from(canvas.getContext('2d')!.getImageData(x, y, 1, 1).data);
    }, last);

  it('shows by whole boxes where the gradient fades', async () => {
    await panel.page.locator('[data-node-name="w"][data-y]').waitFor({ state: 'attached' });
    await panel.page.getByRole('button', { name: 'Fit the graph into view' }).click();
    await panel.page.waitForTimeout(500);
    // The blue end of the scale, and two tenths of a stop before its red end: log₁₀ 1 = 0 is at 0.8 of −8 to 2.
    assert.deepEqual(await colourOf(false), [59, 111, 190, 255]);
    assert.deepEqual(await colourOf(true), [196, 116, 60, 255]);
  });
});
