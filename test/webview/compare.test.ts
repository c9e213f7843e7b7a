import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { startTrainer } from '../../engine/node/trainer.ts';
import type { Trainer } from '../../engine/protocol/training.ts';
import { type OpenPanel, openPanel } from './open-panel.ts';
import { pixelsOf, showWhole } from './picture.ts';

const xor = readFileSync('examples/xor.ts', 'utf8').replace('steps: 2000', 'steps: 40');

describe('two steps of a training side by side', function () {
  this.timeout(60_000);
  let panel: OpenPanel;
  let trainer: Trainer;
  before(async () => {
    mkdirSync(join('test', 'e2e', 'output'), { recursive: true });
    panel = await openPanel(xor, (request, changed) => (trainer = startTrainer(request, changed)));
    await panel.page.getByTestId('training').getByRole('button', { name: 'Train', exact: true }).click();
    await panel.page.locator('[data-testid=training][data-phase=finished]').waitFor();
  });
  after(() => panel.close());

  const comparison = (): Locator => panel.page.getByTestId('comparison');
  const row = (name: string): Locator =>
    comparison()
      .getByRole('row')
      .filter({ has: panel.page.getByRole('cell', { name, exact: true }) });
  const show = async (step: number): Promise<void> => {
    await panel.page.getByTestId('training-scrubber').fill(String(step));
    await panel.page.locator(`[data-testid=shown-step][data-step="${step}"]`).waitFor();
  };
  const numberIn = async (cell: Locator): Promise<number> => Number((await cell.innerText()).replace(/[‖−]/g, ''));

  const marked = async (): Promise<readonly number[]> => [
    await pixelsOf(panel.page, '--rg-added', 24),
    await pixelsOf(panel.page, '--rg-changed', 24),
  ];

  it('holds the shown step, and puts the next one beside it', async () => {
    await show(1);
    await panel.page.getByRole('button', { name: 'Compare with this step' }).click();
    await comparison().getByText('step 1 → step 1').waitFor();
    await comparison().getByText('the same graph with the same numbers').waitFor();
    await show(40);
    await comparison().getByText('step 1 → step 40').waitFor();
    await comparison().getByText('the same graph with other numbers').waitFor();
    for (const { name: plain, gradientNorm } of trainer.report.parameters) {
      const name = plain.replace('1', '₁').replace('2', '₂');
      // What the training recorded of all its steps while it ran, of which none was a whole trace.
      const recorded = [1, 40].map((step) => gradientNorm.values[gradientNorm.steps.indexOf(step)]!);
      const told = [
        await numberIn(row(name).getByRole('cell').nth(3)),
        await numberIn(row(name).getByRole('cell').nth(4)),
      ];
      assert.notEqual(told[0], told[1]);
      told.forEach((one, i) =>
        assert.ok(Math.abs(one / recorded[i]! - 1) < 1e-3, `${name}: ${told.join()} for ${recorded.join()}`),
      );
    }
  });

  it('goes on with the live graph, over a reload', async () => {
    await panel.page.getByRole('button', { name: 'Back to live' }).click();
    await comparison().getByText('step 1 → now').waitFor();
    await panel.page.reload();
    await comparison().getByText('step 1 → now').waitFor();
    assert.deepEqual(await panel.barriers(), []);
  });

  it('marks in the graph what is added and what is changed, by outline and sign', async () => {
    assert.deepEqual(await marked(), [0, 0]);
    await showWhole(panel.page);
    // h is read by way of a new g: g is added, logits reads another, and nothing else is touched.
    await panel.run(xor.replace('const logits = h', 'const g = h.mul(0.5);\n    const logits = g'));
    await comparison().getByText('1 added, 1 changed').waitFor();
    await panel.page.locator('.legend').getByText('added').waitFor();
    await panel.page.locator('.legend').getByText('changed').waitFor();
    const said = async (name: string): Promise<string | undefined> =>
      /, (added|changed)\b/.exec(await panel.page.locator(`[data-node-name="${name}"]`).innerText())?.[1];
    assert.deepEqual(
      [await said('W1'), await said('h'), await said('g'), await said('logits')],
      [undefined, undefined, 'added', 'changed'],
    );
    // The outline of a node is some 300 pixels round, the sign 200; dashes are half of the first.
    const [added, changed] = await marked();
    assert.ok(added! > 300 && changed! > 200, `${added} and ${changed} pixels`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await panel.page.emulateMedia({ colorScheme });
      assert.deepEqual(await panel.barriers(), []);
      await panel.page.screenshot({ path: join('test', 'e2e', 'output', `compare-${colorScheme}.png`) });
    }
    await comparison().getByRole('button', { name: 'End the comparison' }).click();
    await comparison().waitFor({ state: 'detached' });
    assert.deepEqual(await marked(), [0, 0]);
  });

  it('has not complained', () => assert.deepEqual(panel.complaints, []));
});
