import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { ModulePath } from '../../engine/base/brand.ts';
import { type Translations, setTranslations } from '../../engine/base/l10n.ts';
import { startRunner } from '../../engine/node/runner.ts';
import { LiveFile } from '../../engine/node/serve/live-file.ts';
import { type PanelServer, servePanel } from '../../engine/node/serve/server.ts';
import { startChromium } from '../chromium.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

/** The panel of a reader of Chinese: the page brings its translations, the host says its own parts. */
describe('the panel in Chinese', function () {
  this.timeout(30_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-language-')));
  const complaints: string[] = [];
  let live: LiveFile;
  let server: PanelServer;
  let browser: Browser;
  let page: Page;

  before(async () => {
    setTranslations(JSON.parse(read('l10n/bundle.l10n.zh-cn.json')) as Translations, 'zh-cn');
    writeFileSync(join(folder, 'model.ts'), read('examples/two-layer-chain.ts'));
    live = new LiveFile({ root: folder, entry: 'model.ts' as ModulePath }, startRunner({ spare: false }));
    await live.run();
    server = await servePanel(live, () => undefined);
    browser = await startChromium();
    page = await browser.newPage({ viewport: { width: 900, height: 900 } });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(server.url);
    await page.locator('[data-testid=panel]:not([data-layouts="0"])').waitFor();
  });
  after(async () => {
    setTranslations(null);
    await browser.close();
    await server.close();
    live.dispose();
    live.runner.dispose();
    rmSync(folder, { recursive: true });
  });

  it('says what its language is', async () => assert.equal(await page.locator('html').getAttribute('lang'), 'zh-cn'));

  it('speaks it in controls, inspector and what is read out', async () => {
    const inspector = page.locator('[data-testid=inspector]');
    assert.equal(await inspector.innerText(), '选择一个节点，逐个因子查看它的梯度。');
    assert.equal(await page.locator('canvas').getAttribute('aria-label'), '计算图。相同的节点在其后以列表给出。');
    await page.locator('[data-node-name="u2"]').focus();
    const card = page.locator('[data-testid=card]');
    await card.waitFor();
    const text = await card.innerText();
    for (const part of ['∂E/∂u₂ = ∂E/∂Y · ∂Y/∂u₂', '局部导数', '代入本次运行的数值', '到 E 有一条路径'])
      assert.ok(text.includes(part), `${part} in ${text}`);
    await page.keyboard.press('Enter');
    await inspector.locator('table').waitFor();
    assert.match(await inspector.innerText(), /链式法则[\s\S]*最小的因子: σ′ 从不超过 0\.25/);
  });

  it('leaves no word of its controls in English', async () => {
    const spoken = await page.evaluate(() =>
      Array.from(document.querySelectorAll('[aria-label], [title], [placeholder]'), (element) =>
        ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? '').join(' '),
      ).filter((text) => /[a-z]{2,}/i.test(text.replace(/grad < 1e-6|^chain|mul, add|model\.ts/g, ''))),
    );
    assert.deepEqual(spoken, []);
  });

  it('breaks no rule of the page', () => assert.deepEqual(complaints, []));
});
