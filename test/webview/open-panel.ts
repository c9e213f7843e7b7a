import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { startRunner } from '../../engine/node/runner.ts';
import { LiveFile } from '../../engine/node/serve/live-file.ts';
import { servePanel } from '../../engine/node/serve/server.ts';
import type { StartTrainer } from '../../engine/protocol/training.ts';
import type { ModulePath } from '../../engine/base/brand.ts';
import { seriousViolations } from './accessibility.ts';
import { startChromium } from '../chromium.ts';

/** The real panel in a real browser, over a model file of its own. */
export interface OpenPanel {
  readonly page: Page;
  /** What the page complained of: errors, and what its security policy refused. */
  readonly complaints: readonly string[];
  /** What the terminal was told in place of an editor. */
  readonly said: readonly string[];
  run(text: string): Promise<void>;
  /** Chooses a node, and a tab of the inspector. */
  inspect(name: string, tab: string): Promise<Locator>;
  /** What keeps people with assistive technology out: serious and critical findings of axe. */
  barriers(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openPanel(text: string, start?: StartTrainer): Promise<OpenPanel> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'retrograd-panel-')));
  const runner = startRunner();
  const live = new LiveFile({ root: folder, entry: 'model.ts' as ModulePath }, runner, start);
  const said: string[] = [];
  const complaints: string[] = [];
  writeFileSync(join(folder, 'model.ts'), text);
  await live.run();
  const server = await servePanel(live, (what) => said.push(what));
  const browser = await startChromium();
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 }, colorScheme: 'dark' });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(server.url);
  await page.locator('[data-testid=panel]:not([data-layouts="0"])').waitFor();
  const inspector = page.locator('[data-testid=inspector]');
  return {
    page,
    complaints,
    said,
    run: async (next) => {
      writeFileSync(join(folder, 'model.ts'), next);
      await live.run();
      // Or a later one: weights that are kept make it run again at once.
      await page.waitForFunction(
        (least) => Number(document.querySelector('[data-testid=panel]')?.getAttribute('data-sequence')) >= least,
        live.presenter.snapshot().sequence,
      );
    },
    inspect: async (name, tab) => {
      await page.locator(`[data-node-name="${name}"]`).focus();
      await page.keyboard.press('Enter');
      await inspector.getByRole('tab', { name: tab, exact: true }).click();
      return inspector;
    },
    barriers: () => seriousViolations(page),
    close: async () => {
      await browser.close();
      await server.close();
      live.dispose();
      runner.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}
