import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { LiveFile } from '../../engine/node/serve/live-file.ts';
import { type PanelServer, servePanel } from '../../engine/node/serve/server.ts';
import { startRunner } from '../../engine/node/runner.ts';
import type { ModulePath } from '../../engine/base/brand.ts';
import { seriousViolations } from './accessibility.ts';
import { startChromium } from '../chromium.ts';

const example = readFileSync(new URL('../../examples/two-layer-chain.ts', import.meta.url), 'utf8');

/** The real panel in a real browser, fed by the real sandbox through the local page. */
describe('panel', function () {
  this.timeout(30_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-panel-')));
  const runner = startRunner();
  const live = new LiveFile({ root: folder, entry: 'model.ts' as ModulePath }, runner);
  const revealed: string[] = [];
  const complaints: string[] = [];
  let server: PanelServer;
  let browser: Browser;
  let page: Page;

  const panel = () => page.locator('[data-testid=panel]');
  const item = (name: string) => page.locator(`[data-node-name="${name}"]`);
  const run = async (text: string): Promise<void> => {
    writeFileSync(join(folder, 'model.ts'), text);
    await live.run();
    await page.locator(`[data-testid=panel][data-sequence="${live.presenter.snapshot().sequence}"]`).waitFor();
  };
  const pointAt = async (name: string): Promise<void> => {
    const [x, y] = await Promise.all(
      ['data-x', 'data-y'].map(async (axis) => Number(await item(name).getAttribute(axis))),
    );
    await page.mouse.move(x!, y!);
  };

  before(async () => {
    writeFileSync(join(folder, 'model.ts'), example);
    await live.run();
    server = await servePanel(live, (where) => revealed.push(where));
    browser = await startChromium();
    page = await browser.newPage({ viewport: { width: 900, height: 900 }, colorScheme: 'dark' });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(server.url);
    await page.locator('[data-testid=panel]:not([data-layouts="0"])').waitFor();
  });
  after(async () => {
    await browser.close();
    await server.close();
    live.dispose();
    runner.dispose();
    rmSync(folder, { recursive: true });
  });

  it('shows every node with its value and gradient', async () => {
    assert.equal(await panel().getAttribute('data-status'), 'live');
    assert.ok(Math.abs(Number(await item('w1').getAttribute('data-gradient')) - 0.1018) < 1e-4);
    assert.ok(Math.abs(Number(await item('E').getAttribute('data-value')) - 0.1993) < 1e-4);
    assert.equal(await item('X').getAttribute('data-gradient'), null);
  });

  it('shows the chain rule of the node that is pointed at', async () => {
    await pointAt('u2');
    const card = page.locator('[data-testid=card]');
    await card.waitFor();
    const text = await card.innerText();
    for (const part of [
      '∂E/∂u₂ = ∂E/∂Y · ∂Y/∂u₂',
      'Y − T',
      'Y·(1 − Y)',
      '−0.6313',
      '0.2328',
      '−0.1469',
      'One path to E',
    ])
      assert.ok(text.includes(part), part);
  });

  it('keeps the chain of a chosen node in the inspector, and shows its source', async () => {
    await pointAt('w1');
    await page.mouse.down();
    await page.mouse.up();
    const inspector = page.locator('[data-testid=inspector]');
    await inspector.locator('table').waitFor();
    assert.match(await inspector.innerText(), /σ′ is never above 0\.25/);
    assert.ok(revealed.some((where) => where.startsWith('model.ts:5:')));
  });

  it('lays out again when the structure changes, and not for values alone', async () => {
    const layouts = async (): Promise<number> => Number(await panel().getAttribute('data-layouts'));
    const before = await layouts();
    await run(example.replace('param(0.8)', 'param(0.9)'));
    assert.equal(await layouts(), before);
    assert.equal(await item('w1').getAttribute('data-value'), String(Math.fround(0.9)));
    await run(
      example
        .replace('u1.tanh()', 'u1.tanh().mul(T)')
        .replace('const Y =', 'const more = u2.sin();\n    void more;\n    const Y ='),
    );
    assert.equal(await layouts(), before + 1);
  });

  it('keeps the last good graph, marked, when the code breaks, and says where', async () => {
    await run(example);
    await run(example.replace('u1.tanh()', 'u1.tahn()'));
    assert.equal(await panel().getAttribute('data-status'), 'stale');
    assert.match(await page.locator('[data-testid=problems]').innerText(), /model\.ts:15:\d+[\s\S]*TypeError/);
    assert.equal(await item('Yj').count(), 1);
    await run(example);
    assert.equal(await panel().getAttribute('data-status'), 'live');
  });

  it('comes back after a reload as it was', async () => {
    await page.reload();
    await page.locator('[data-testid=inspector] table').waitFor();
    assert.match(await page.locator('[data-testid=inspector]').innerText(), /∂E\/∂w₁/);
  });

  it('can be walked by keyboard', async () => {
    await item('w1').focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-testid=card]', { hasText: '∂E/∂b₁' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[data-testid=inspector]', { hasText: '∂E/∂b₁' }).waitFor();
  });

  it('opens a fold, and shows ops on request', async () => {
    await item('u1').focus();
    await page.keyboard.press('Space');
    await page.locator('[data-node-name^="mul#"]').first().waitFor({ state: 'attached' });
    await item('u1').focus();
  });

  for (const colorScheme of ['dark', 'light'] as const) {
    it(`has no serious accessibility violations in ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await seriousViolations(page), []);
    });
  }

  it('has not complained once, its content security policy neither', () => assert.deepEqual(complaints, []));
});
