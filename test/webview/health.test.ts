import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { until } from '../e2e/until.ts';
import { type OpenPanel, openPanel } from './open-panel.ts';
import { pixelsOf, settled, showWhole, strengthOf } from './picture.ts';

const sick = readFileSync(new URL('../fixtures/health/vanishing-gradient.sick.ts', import.meta.url), 'utf8');

/** Six layers, so that nodes can be seen: σ′ takes 0.6 decades and more in each, what stands before it 3. */
const small = `import { input, model, param } from 'retrograd';
const first = param([0.4, -0.3, 0.2]);
const last = param([1, 1, 1]);
export const net = model(() => {
  let h = input([0.5, 0.1, -0.4]).mul(first);
  for (let i = 0; i < 6; i++) {
    const z = h.mul(0.001);
    h = z.sigmoid();
  }
  return h.mul(last).sum();
});
`;

describe('gradient health in the panel', function () {
  this.timeout(60_000);
  let panel: OpenPanel;
  before(async () => (panel = await openPanel(small)));
  after(() => panel.close());

  const chip = () => panel.page.locator('[data-testid=findings-chip]');
  const list = () => panel.page.locator('[data-testid=findings]');
  const strength = (name: string): Promise<number> => strengthOf(panel.page, name);

  it('lists findings behind a chip, and each leads to its line and to the page of its rule', async () => {
    assert.equal(await chip().getAttribute('aria-label'), '1 finding');
    assert.equal(await chip().getAttribute('aria-expanded'), 'false');
    await chip().focus();
    await panel.page.keyboard.press('Enter');
    assert.equal(await chip().getAttribute('aria-expanded'), 'true');
    // By hand: six times 10⁻³, and σ′ ≤ ¼ six times: 18 decades and 3.6.
    const [finding] = await list().getByRole('listitem').all();
    assert.match(
      await finding!.innerText(),
      /The gradient of first vanishes: .* 18\.0 of 2\d\.\d decades are lost in mul, line 7, over its 6 repetitions\./,
    );
    await finding!.getByRole('button', { name: /vanishes/ }).click();
    await panel.page.getByRole('tab', { name: 'Chain rule' }).waitFor();
    assert.match(await panel.page.locator('.tabs > .dim').innerText(), /^first · parameter/);
    await finding!.getByRole('button', { name: 'vanishing-gradient' }).click();
    await settled(panel.page);
    assert.deepEqual(panel.said.slice(-2), ['model.ts:7:15', 'docs/rules/vanishing-gradient.md']);
    assert.deepEqual(await panel.barriers(), []);
  });

  it('tells what each place of the source takes, as a table with bars', async () => {
    const inspector = await panel.inspect('first', 'Gradient flow');
    const flow = inspector.locator('[data-testid=flow]');
    await flow.locator('tbody tr').first().waitFor();
    const rows = await flow
      .locator('tbody tr')
      .evaluateAll((all) =>
        all.map((row) =>
          [0, 1, 3].map((cell) => (row as HTMLTableRowElement).cells[cell]!.innerText.split('\n')[0]!.trim()),
        ),
      );
    assert.deepEqual(
      rows.map(([label, place]) => `${label} ${place}`),
      ['sum line 10', 'mul line 10', 'σ′(z) ×6 h, line 8', 'mul ×6 z, line 7', 'mul h, line 5'],
    );
    const taken = rows.map(([, , decades]) => Number(decades!.replace('−', '-').replace('+', '')));
    // ∂sum/∂h is three ones: their norm is √3. Thousandths are three decades each.
    assert.equal(taken[0], 0.24);
    assert.equal(taken[3], -18);
    assert.ok(taken[2]! < -6 * 0.6 && taken[2]! > -6 * 0.7);
    // The bars are as wide as they say: that of 18 decades is 18 / 3.6 times that of σ′.
    const widths = await flow
      .locator('.waterfall .step')
      .evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().width));
    assert.ok(Math.abs(widths[3]! / widths[2]! - 18 / -taken[2]!) < 0.1);
    assert.match(await flow.innerText(), /18\.0 of 2\d\.\d decades are lost in mul, line 7, over its 6 repetitions/);
    assert.deepEqual(await panel.barriers(), []);
  });

  it('lights in the graph the place that is pointed at, by keyboard too, and shows its source', async () => {
    const inspector = await panel.inspect('first', 'Gradient flow');
    await showWhole(panel.page);
    await panel.page.mouse.move(5, 5);
    const place = (i: number) => inspector.locator('.flow tbody button').nth(i);
    await place(0).focus();
    const [faint, away] = [await strength('h[3]'), await strength('h[0]')];
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('ArrowDown');
    assert.equal(await place(2).evaluate((button) => button === document.activeElement), true);
    // σ′ makes h[3], and not h[0].
    assert.ok((await strength('h[3]')) > faint * 1.3, 'h[3] is lit');
    assert.ok((await strength('h[0]')) < away * 1.02, 'h[0] is not');
    await panel.page.keyboard.press('Enter');
    // It goes by way of the server.
    await until(
      'the source is shown',
      async () => panel.said.at(-1),
      (said) => said === 'model.ts:8:9',
    );
  });

  it('marks where the gradient is lost while a finding is about the shown loss, and no longer', async () => {
    await chip().focus();
    // Away from every node, and then away from the graph.
    await panel.page.mouse.move(500, 150);
    await panel.page.mouse.move(5, 5);
    const marked = await pixelsOf(panel.page, '--rg-cold', 40);
    assert.ok(marked > 20, `${marked} pixels`);
    assert.match(await panel.page.locator('.legend').innerText(), /gradient lost here/);
    const item = panel.page.locator('[data-node-name="first"]');
    assert.match(await item.innerText(), /The gradient of first vanishes/);
    await panel.run(small.replace('z.sigmoid()', 'z.mul(1000)'));
    assert.equal(await chip().getAttribute('aria-label'), '0 findings');
    assert.match(await list().innerText(), /No findings/);
    assert.doesNotMatch(await panel.page.locator('.legend').innerText(), /gradient lost here/);
    assert.doesNotMatch(await item.innerText(), /vanishes/);
    assert.equal(await pixelsOf(panel.page, '--rg-cold', 40), 0);
  });

  it('shows the decay of thirty layers as a line, and the card has it in blocks', async () => {
    await panel.run(sick);
    const inspector = await panel.inspect('W[0]', 'Gradient flow');
    const lines = inspector.locator('.flow .sparkline');
    await lines.first().waitFor();
    assert.deepEqual(
      await lines.evaluateAll((all) => all.map((line) => line.querySelector('polyline')!.points.numberOfItems)),
      [30, 30, 30],
    );
    const card = panel.page.locator('[data-testid=card]');
    await panel.page.locator('[data-node-name="W[0]"]').focus();
    await card.waitFor();
    assert.match(await card.innerText(), /Gradient norm over 30 repetitions, W\[29\] to W\[0\]: █[▁▂▃▄▅▆▇█]{28}▁/);
    assert.deepEqual(panel.complaints, []);
  });

  it('counts the findings of other models, and leads to them', async () => {
    const text = `import { input, model, param } from 'retrograd';
const w = param([2, 3]);
export const well = model(() => w.square().sum());
export const ill = model(() => w.mul(input([5, 5])).clamp(0, 1).mul(input([1, 2])).sub(3).square().sum());
`;
    await panel.run(text);
    assert.equal(await chip().getAttribute('aria-label'), '0 findings; 1 in other models');
    assert.equal(await chip().innerText(), '✓ 0 +1');
    if ((await chip().getAttribute('aria-expanded')) === 'false') await chip().click();
    await list().getByRole('button', { name: 'ill: 1 finding' }).click();
    await list().getByText('exactly zero').waitFor();
    assert.equal(await chip().getAttribute('aria-label'), '1 finding');
    assert.equal(await list().getByText('In other models').count(), 0);
    assert.deepEqual(await panel.barriers(), []);
  });
});
