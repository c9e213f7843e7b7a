import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { startRunner } from '../../engine/node/runner.ts';
import type { TrainingReport } from '../../engine/protocol/training.ts';
import { TestTrainer } from '../engine/node/test-trainer.ts';
import { seriousViolations } from './accessibility.ts';
import { type OpenPanel, openPanel } from './open-panel.ts';

// L = w², ∂L/∂w = 2w, lr 0.1: w halves by a fifth a step, w₁ = 3, w₂ = 2.4, w₃ = 1.92 …, w₁₁ = 3 · 0.8¹⁰ = 0.3221.
const square = `import { model, optim, param } from 'retrograd';
const w = param(3);
export const m = model(() => {
  const L = w.square();
  return L;
}, { optimizer: optim.sgd({ lr: 0.1 }), steps: 2000 });
`;

describe('a training in the panel', function () {
  this.timeout(60_000);
  const runner = startRunner({ spare: false });
  let panel: OpenPanel;
  let trainer: TestTrainer;
  before(async () => {
    panel = await openPanel(square, (request, changed) => {
      trainer = new TestTrainer(request, changed, runner);
      return trainer;
    });
  });
  after(async () => {
    await panel.close();
    runner.dispose();
  });

  const strip = (): Locator => panel.page.getByTestId('training');
  const button = (name: string): Locator => strip().getByRole('button', { name, exact: true });
  const phase = (wanted: TrainingReport['phase'] | 'none'): Promise<void> =>
    panel.page.locator(`[data-testid=training][data-phase=${wanted}]`).waitFor();
  const standing = async (text: string | RegExp): Promise<void> =>
    panel.page.getByTestId('training-standing').filter({ hasText: text }).waitFor();
  const scrubber = (): Locator => panel.page.getByTestId('training-scrubber');
  const w = async (value: string): Promise<void> =>
    panel.page.locator(`[data-node-name="w"][data-value^="${value}"]`).waitFor({ state: 'attached' });
  const shown = (step: number): Promise<void> =>
    panel.page.locator(`[data-testid=shown-step][data-step="${step}"]`).waitFor();
  const picture = async (name: string): Promise<void> => {
    const folder = join('test', 'e2e', 'output');
    mkdirSync(folder, { recursive: true });
    await panel.page.screenshot({ path: join(folder, `${name}.png`) });
  };

  it('is offered for a model that has an optimizer, and begins when it is asked for', async () => {
    await phase('none');
    await button('Train').click();
    await phase('running');
    await strip().getByText('No steps yet.').waitFor();
  });

  it('draws its charts', async () => {
    trainer.make(1200);

    await standing(/^step 1200 of 2000 · loss 0\.\d+ · 850 steps\/s$/);
    for (const title of ['Loss', 'Gradient norm', 'Update / weight', 'histograms']) {
      const canvas = strip().locator(`[data-chart="${title}"] canvas`).first();
      await canvas.waitFor();
      const colours = await canvas.evaluate((one: HTMLCanvasElement) => {
        const { data } = one.getContext('2d')!.getImageData(0, 0, one.width, one.height);
        return new Set(Array.from({ length: data.length / 4 }, (_, i) => data.slice(4 * i, 4 * i + 4).join())).size;
      });
      assert.ok(colours > 8, `${title}: ${colours} colours`);
    }
  });

  it('says in words what they draw', async () => {
    const loss = await strip()
      .getByRole('img', { name: /^Loss: / })
      .getAttribute('aria-label');
    assert.match(loss!, /^Loss: 0\.\d+ at step 1, 0\.\d+ at step 1195\.$/);
    const norms = await strip()
      .getByRole('img', { name: /^Gradient norm/ })
      .getAttribute('aria-label');
    assert.match(norms!, /W1: 0\.\d+ at step 1, .* b2: /);
  });

  it('goes from step to step by keyboard, and the numbers of graph and card with it', async () => {
    await w('3');
    await scrubber().focus();
    await panel.page.keyboard.press('Home');
    await shown(1);
    for (let i = 0; i < 10; i++) await panel.page.keyboard.press('ArrowRight');
    await shown(11);
    // 3 · 0.8¹⁰
    await w('0.322');
    assert.equal(await scrubber().getAttribute('aria-valuetext'), 'step 11 of 2000');
    await panel.page.locator('[data-node-name="w"]').focus();
    await panel.page.getByTestId('card').getByText('0.6442').first().waitFor();
    await panel.page.keyboard.press('Escape');
    await scrubber().focus();
    await panel.page.keyboard.press('PageUp');
    await panel.page.waitForFunction(
      () => Number(document.querySelector('[data-testid=shown-step]')?.getAttribute('data-step')) > 100,
    );
    await panel.page.keyboard.press('Home');
    await shown(1);
    await picture('training-dark');
  });

  it('comes back to live: by Escape, and by the button', async () => {
    await panel.page.keyboard.press('Escape');
    await panel.page.getByTestId('shown-step').waitFor({ state: 'detached' });
    await w('3');
    await panel.page.keyboard.press('ArrowLeft');
    await shown(1199);
    await panel.page.getByRole('button', { name: 'Back to live' }).click();
    await panel.page.getByTestId('shown-step').waitFor({ state: 'detached' });
  });

  it('shows the step that is clicked in a chart, and reads the numbers under the pointer', async () => {
    const over = strip().locator('[data-chart=Loss] .u-over');
    const { width } = (await over.boundingBox())!;
    const number = strip().locator('[data-chart=Loss] .number');
    const last = await number.innerText();
    await over.hover({ position: { x: 2, y: 20 } });
    await number.filter({ hasNotText: last }).waitFor();
    await over.click({ position: { x: width / 2, y: 20 } });
    await panel.page.waitForFunction(() => {
      const step = Number(document.querySelector('[data-testid=shown-step]')?.getAttribute('data-step'));
      return step > 560 && step < 640;
    });
    await panel.page.getByRole('button', { name: 'Back to live' }).click();
  });

  it('is paused, stepped, slowed down and reset', async () => {
    await button('Pause').click();
    await phase('paused');
    await strip().getByText('live graph: weights of step 1200').waitFor();
    await button('One step').click();
    await standing(/^step 1201 of 2000 .* paused$/);
    await strip().getByRole('combobox', { name: 'Speed' }).click();
    await strip().getByRole('option', { name: '10 steps/s', exact: true }).click();
    await panel.page.waitForFunction(() => true);
    await button('Reset to the initial weights').click();
    await strip().getByText('No steps yet.').waitFor();
    assert.equal(trainer.report.speed, 10);
  });

  it('keeps weights or not', async () => {
    const box = strip().getByRole('checkbox', { name: /keep trained weights/ });
    assert.equal(await box.isChecked(), true);
    await box.uncheck();
    trainer.make(40, 'paused');
    await standing('step 40');
    assert.equal(await strip().getByText('live graph: weights').count(), 0);
    await box.check();
    await strip().getByText('live graph: weights of step 40').waitFor();
  });

  it('has a logarithmic scale for the loss', async () => {
    const log = strip().getByRole('button', { name: 'log' });
    await log.click();
    assert.equal(await log.getAttribute('aria-pressed'), 'true');
    await strip().locator('[data-chart=Loss] canvas').waitFor();
  });

  it('is told whole to a page that comes back, folded as it was', async () => {
    trainer.make(700, 'running');
    await strip()
      .getByRole('button', { name: / Training$/ })
      .click();
    await panel.page.getByTestId('charts').waitFor({ state: 'detached' });
    await panel.page.reload();
    await standing('step 700 of 2000');
    assert.equal(await panel.page.getByTestId('charts').count(), 0);
    await strip()
      .getByRole('button', { name: / Training$/ })
      .click();
    await panel.page.getByTestId('charts').waitFor();
  });

  for (const colorScheme of ['dark', 'light'] as const) {
    it(`has no serious accessibility violations in ${colorScheme}`, async () => {
      await panel.page.emulateMedia({ colorScheme });
      assert.deepEqual(await seriousViolations(panel.page), []);
      await picture(`training-${colorScheme}-narrow`);
    });
  }

  it('has no serious accessibility violations with many parameters, and gaps where numbers are not finite', async () => {
    const { parameters } = trainer.report;
    const many = Array.from({ length: 24 }, (_, i) => ({ ...parameters[i % 4]!, name: `block.${i}.attention.weight` }));
    const broken = { steps: [1, 2, 3], values: [null, null, null] };
    const first = { ...many[0]!, gradientNorm: broken, updateRatio: broken };
    trainer.set({ parameters: [first, ...many.slice(1)] });
    const norms = strip().locator('[data-chart="Gradient norm"]');
    await norms.getByText('block.23.attention.weight').waitFor();
    assert.match(await norms.getByRole('listitem').first().innerText(), /not finite/);
    assert.deepEqual(await seriousViolations(panel.page), []);
    await picture('training-many');
  });

  it('goes on at a narrow width', async () => {
    await panel.page.setViewportSize({ width: 480, height: 800 });
    await strip().locator('[data-chart=Loss] canvas').waitFor();
    const box = (await strip().boundingBox())!;
    assert.ok(box.width <= 480 && box.y + box.height <= 800);
    await picture('training-480');
    await panel.page.setViewportSize({ width: 1000, height: 900 });
  });

  it('pauses when the text is edited, says so, and trains the edited text when it is asked to', async () => {
    await panel.run(square.replace('param(3)', 'param(5)'));
    await strip().getByText('The text was edited: this is the training of the text before.').waitFor();
    await phase('paused');
    const before = trainer;
    await button('Train the edited text').click();
    await phase('running');
    assert.equal(before.disposed, true);
  });

  it('tells why it failed', async () => {
    const problem = { code: 'thrown', message: 'The loss is NaN.', file: 'model.ts', line: 3, column: 9 } as const;
    trainer.set({ phase: 'failed', problem });
    await strip().getByText('The loss is NaN.').waitFor();
    await button('Train again').waitFor();
  });

  it('ends', async () => {
    await button('End the training').click();
    await phase('none');
  });

  it('has not complained', () => assert.deepEqual(panel.complaints, []));
});
