import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { leastToRead } from '../../webview/graph/camera.ts';
import { type OpenPanel, openPanel } from './open-panel.ts';
import { settled } from './picture.ts';

interface Seen {
  readonly zoom: number;
  readonly all: number;
  readonly inView: readonly string[];
}

/** Two thousand nodes and more: one thousand parameters in a chain. */
const chain = `import { model, param } from 'retrograd';
const ws = Array.from({ length: 1000 }, (_, i) => param(Math.sin(i)));
export const long = model(() => {
  let s = param(0.1).mul(1);
  for (const w of ws) s = s.mul(w.cos()).add(0.01).tanh();
  return s;
});
`;

const example = (name: string): string => readFileSync(`examples/${name}.ts`, 'utf8');
const cases = [
  { name: 'xor', text: example('xor'), loss: 'loss', all: true },
  { name: 'lenet', text: example('lenet'), loss: 'loss', all: true },
  { name: 'vanishing', text: example('vanishing'), loss: 'loss', all: false },
  { name: 'transformer-block', text: example('transformer-block'), loss: 'loss', all: false },
  { name: 'a chain of thousands', text: chain, loss: 's[1000]', all: false },
];

for (const { name, text, loss, all } of cases)
  describe(`the first view of ${name}, beside an editor`, function () {
    this.timeout(60_000);
    let panel: OpenPanel;
    before(async () => {
      panel = await openPanel(text);
      await panel.page.setViewportSize({ width: 520, height: 900 });
      await panel.page.locator(`[data-node-name][data-y]`).last().waitFor({ state: 'attached' });
    });
    after(() => panel.close());

    const seen = async (): Promise<Seen> => {
      await settled(panel.page);
      return panel.page.evaluate(() => {
        const frame = document.querySelector('.graph')!.getBoundingClientRect();
        const map = document.querySelector('.overview')?.getBoundingClientRect();
        const nodes = [...document.querySelectorAll('[data-node-name]')];
        const inView = nodes.filter((node) => {
          const [x, y] = ['data-x', 'data-y'].map((axis) => Number(node.getAttribute(axis))) as [number, number];
          const under = map && x > map.left && x < map.right && y > map.top && y < map.bottom;
          return !under && x > frame.left && x < frame.right && y > frame.top && y < frame.bottom;
        });
        return {
          zoom: Number(document.querySelector('[data-zoom]')!.getAttribute('data-zoom')),
          all: nodes.length,
          inView: inView.map((node) => node.textContent.split(',')[0]!),
        };
      });
    };

    it('has names that can be read, and the loss in sight', async () => {
      const { zoom, inView, all: count } = await seen();
      // 12.5 pixels high in the graph, 9 on the screen.
      assert.ok(zoom * 12.5 >= 9, `names are ${zoom * 12.5} pixels high`);
      assert.ok(zoom >= leastToRead);
      assert.ok(inView.includes(loss), inView.join());
      assert.equal(inView.length === count, all, `${inView.length} of ${count}`);
      assert.equal(await panel.page.getByTestId('overview').count(), all ? 0 : 1);
    });

    if (all) return;
    it('has all of the graph after a key, and what can be read after another', async () => {
      const before = await seen();
      await panel.page.locator('[data-node-name]').last().focus();
      await panel.page.keyboard.press('0');
      const whole = await seen();
      assert.equal(whole.inView.length, whole.all);
      assert.equal(await panel.page.getByTestId('overview').count(), 0);
      await panel.page.keyboard.press('0');
      assert.equal((await seen()).zoom, before.zoom);
    });

    it('follows the keyboard to nodes out of view', async () => {
      const first = panel.page.locator('[data-node-name]').first();
      await first.focus();
      assert.ok((await seen()).inView.includes((await first.innerText()).split(',')[0]!));
    });

    it('keeps a chosen node in sight when the inspector takes its part of the panel', async () => {
      const first = panel.page.locator('[data-node-name]').first();
      await first.focus();
      await panel.page.keyboard.press('0');
      await panel.page.keyboard.press('0');
      await panel.page.keyboard.press('Enter');
      await panel.page.getByRole('tab', { name: 'Chain rule' }).focus();
      assert.ok((await seen()).inView.includes((await first.innerText()).split(',')[0]!));
      assert.equal(await panel.page.getByTestId('card').count(), 0, 'no card without focus or pointer');
    });

    it('follows the pointer in the picture of the whole', async () => {
      await settled(panel.page);
      const map = (await panel.page.getByTestId('overview').boundingBox())!;
      await panel.page.mouse.click(map.x + map.width / 2, map.y + map.height - 4);
      const end = await seen();
      assert.ok(end.inView.includes(loss), end.inView.join());
    });

    it('has not complained', () => assert.deepEqual(panel.complaints, []));
  });
