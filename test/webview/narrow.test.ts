import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenPanel, openPanel } from './open-panel.ts';

const output = join('test', 'e2e', 'output');

for (const [example, node] of [
  ['two-layer-chain', 'w1'],
  ['xor', 'W1'],
] as const)
  describe(`the panel of ${example} at every width`, function () {
    this.timeout(60_000);
    let panel: OpenPanel;
    before(async () => {
      mkdirSync(output, { recursive: true });
      panel = await openPanel(readFileSync(`examples/${example}.ts`, 'utf8'));
      await panel.inspect(node, 'Chain rule');
    });
    after(() => panel.close());

    for (const width of [480, 700, 1100])
      it(`shows all of toolbar and chain rule at ${width} pixels, and leaves the graph in sight`, async () => {
        await panel.page.setViewportSize({ width, height: 800 });
        await panel.page.locator(`[data-node-name="${node}"]`).focus();
        await panel.page.getByTestId('card').waitFor();
        await panel.page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
        const measured = await panel.page.evaluate(() => {
          const beyond = [...document.querySelectorAll('.toolbar > *, .chain-frame :is(th, td)')].flatMap((one) => {
            const { right, width } = one.getBoundingClientRect();
            return right > innerWidth || (one.matches('vscode-dropdown, vscode-text-field') && width < 84)
              ? [one.outerHTML.slice(0, 80)]
              : [];
          });
          const [card, graph] = ['.card', '.graph'].map((one) => document.querySelector(one)!.getBoundingClientRect());
          return { beyond, covered: (card!.width * card!.height) / (graph!.width * graph!.height) };
        });
        assert.deepEqual(measured.beyond, []);
        assert.ok(measured.covered <= 0.5, `the card covers ${measured.covered} of the graph`);
        await panel.page.screenshot({ path: join(output, `width-${example}-${width}.png`) });
      });

    it('has no serious accessibility violations where it is narrow', async () => {
      await panel.page.setViewportSize({ width: 480, height: 800 });
      assert.deepEqual(await panel.barriers(), []);
    });

    it('has not complained', () => assert.deepEqual(panel.complaints, []));
  });
