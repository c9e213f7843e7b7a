import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { chainNumbers, shown } from '../e2e/chain-numbers.ts';
import { type OpenPanel, openPanel } from './open-panel.ts';

const chain = readFileSync(new URL('../../examples/two-layer-chain.ts', import.meta.url), 'utf8');

describe('what if, in the panel', function () {
  this.timeout(60_000);
  let panel: OpenPanel;
  before(async () => (panel = await openPanel(chain)));
  after(() => panel.close());

  const chip = (): Locator => panel.page.getByTestId('what-if-chip');
  const number = (): Locator => panel.page.getByTestId('what-if-number');
  const item = (name: string): Locator => panel.page.locator(`[data-node-name="${name}"]`);
  /** What the drawing says of a node. */
  const drawn = async (name: string): Promise<number> => Number(await item(name).getAttribute('data-value'));
  const told = async (w1: number): Promise<void> => {
    await chip().getByText(`what if: w₁ = ${w1} (was 0.8)`).waitFor();
    await panel.page.waitForFunction(
      ([name, wanted]) => {
        const value = document.querySelector(`[data-node-name="${name}"]`)?.getAttribute('data-value');
        return Math.abs(Number(value) - Number(wanted)) < 1e-6;
      },
      ['E', String(chainNumbers({ w1 }).values.E)] as const,
    );
  };

  it('a typed number changes loss, values and gradients, beside what was predicted', async () => {
    const inspector = await panel.inspect('w1', 'What if');
    await number().fill('0.5');
    await told(0.5);
    const [before, after] = [chainNumbers(), chainNumbers({ w1: 0.5 })];
    const loss = await panel.page.getByTestId('what-if-loss').innerText();
    const change = after.values.E - before.values.E;
    const predicted = before.gradients.w1 * (0.5 - 0.8);
    assert.ok(loss.includes(`${shown(before.values.E)} → ${shown(after.values.E)}`), loss);
    for (const part of [change, predicted]) assert.ok(loss.includes(shown(part).slice(0, 6)), `${part} in ${loss}`);
    const row = await inspector.locator('[data-changed-node="Yj"]').innerText();
    assert.ok(row.includes(`→ ${shown(after.values.Yj)}`), row);
    assert.ok(row.includes(`→ ${shown(after.gradients.Yj)}`), row);
    assert.equal(await inspector.locator('[data-changed-node="b2"]').count(), 1);
    assert.equal(await inspector.locator('[data-changed-node="X"]').count(), 0);
  });

  for (const colorScheme of ['dark', 'light'] as const) {
    it(`can be read by everybody in ${colorScheme}`, async () => {
      await panel.page.emulateMedia({ colorScheme });
      assert.deepEqual(await panel.barriers(), []);
    });
  }

  it('Escape leads back to the numbers of the text', async () => {
    await panel.page.keyboard.press('Escape');
    await chip().waitFor({ state: 'detached' });
    assert.ok(Math.abs((await drawn('E')) - chainNumbers().values.E) < 1e-6);
    assert.equal(await number().inputValue(), '0.8');
  });

  it('the arrow keys step, and the × of the chip leads back', async () => {
    await number().focus();
    await panel.page.keyboard.press('ArrowUp');
    await told(0.81);
    await panel.page.keyboard.press('Shift+ArrowDown');
    await told(0.71);
    await chip().getByRole('button').click();
    await chip().waitFor({ state: 'detached' });
  });

  it('dragging changes it as it goes', async () => {
    await panel.inspect('w1', 'Value');
    const box = (await number().boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await panel.page.mouse.move(x, y);
    await panel.page.mouse.down();
    await panel.page.mouse.move(x + 40, y, { steps: 5 });
    await told(0.84);
    await panel.page.mouse.move(x + 100, y, { steps: 5 });
    await told(0.9);
    await panel.page.mouse.up();
    await panel.page.keyboard.press('Escape');
    await chip().waitFor({ state: 'detached' });
  });

  it('what is no number changes nothing, and is marked', async () => {
    await number().fill('0.x');
    assert.equal(await number().getAttribute('aria-invalid'), 'true');
    assert.equal(await chip().count(), 0);
    await panel.page.keyboard.press('Enter');
    assert.equal(await number().inputValue(), '0.8');
  });

  it('survives an edit elsewhere, and takes the new text into account', async () => {
    await panel.inspect('w1', 'What if');
    await number().fill('0.5');
    await told(0.5);
    await panel.run(chain.replace('param(0.3)', 'param(0.4)'));
    await panel.page.waitForFunction(
      (wanted) => {
        const value = document.querySelector('[data-node-name="E"]')?.getAttribute('data-value');
        return Math.abs(Number(value) - wanted) < 1e-6;
      },
      chainNumbers({ w1: 0.5, b2: 0.4 }).values.E,
    );
    await chip().getByText('what if: w₁ = 0.5 (was 0.8)').waitFor();
  });

  it('ends with an edit of the number itself, and says so', async () => {
    await panel.run(chain.replace('param(0.8)', 'param(0.7)'));
    await chip().getByText('The what-if has ended: w1 is another number in the text now.').waitFor();
    assert.ok(Math.abs((await drawn('E')) - chainNumbers({ w1: 0.7 }).values.E) < 1e-6);
    await chip().getByRole('button').click();
    await chip().waitFor({ state: 'detached' });
    await panel.run(chain);
  });

  it('tells why when the model fails with such a number', async () => {
    await panel.run(chain.replace('const u1 =', "if (w1.item() > 1) throw new Error('too much');\n    const u1 ="));
    await panel.inspect('w1', 'What if');
    await number().fill('2');
    await panel.page.getByText(/With these numbers the model fails: .*too much/).waitFor();
    await panel.page.keyboard.press('Escape');
    await panel.run(chain);
  });

  it('offers no writing back where there is no editor, and says where the number stands', async () => {
    await panel.inspect('w1', 'What if');
    await number().fill('0.35');
    await told(0.35);
    const inspector = panel.page.getByTestId('inspector');
    await inspector.getByText('model.ts:5: 0.8 → 0.35').waitFor();
    assert.equal(await inspector.getByText('Write back').count(), 0);
    await panel.page.keyboard.press('Escape');
  });

  it('reaches each element of a tensor', async () => {
    await panel.run(
      "import { model, param } from 'retrograd';\nconst W = param([[1, 2], [3, 4]]);\nexport const m = model(() => W.square().sum());\n",
    );
    const inspector = await panel.inspect('W', 'What if');
    await inspector.getByLabel('Index 1 of W').fill('1');
    assert.equal(await number().inputValue(), '3');
    await number().fill('0');
    await chip().getByText('what if: W[1,0] = 0 (was 3)').waitFor();
    // 1 + 4 + 16.
    await inspector.getByText('30.0000 → 21.0000').waitFor();
    await panel.page.keyboard.press('Escape');
  });

  it('changes the element that is followed, and shows its scalar chain', async () => {
    const inspector = await panel.inspect('W', 'Value');
    await inspector.getByRole('gridcell', { name: /^W\[0,1\]/ }).click();
    await inspector.getByRole('tab', { name: 'What if', exact: true }).click();
    await inspector.getByText('W[0,1]', { exact: true }).waitFor();
    await number().fill('5');
    await chip().getByText('what if: W[0,1] = 5 (was 2)').waitFor();
    // ∂L/∂W = 2W: 4 → 10 for this element.
    await inspector.locator('[data-changed-node="W"]', { hasText: '→ 10.0000' }).waitFor();
    assert.equal(await drawn('W'), 5);
    await panel.page.keyboard.press('Escape');
  });

  it('has not complained', () => assert.deepEqual(panel.complaints, []));
});
