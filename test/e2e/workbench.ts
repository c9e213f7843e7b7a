import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { browserArguments } from '../chromium.ts';
import { Panel } from './panel.ts';
import { startServer, type Server, type ServerOptions } from './server.ts';
import { until } from './until.ts';

const outputDirectory = join(import.meta.dirname, 'output');

/** A VS Code window in a browser, driven the way a person drives it: by what is on the screen. */
export class Workbench {
  readonly page: Page;
  readonly server: Server;
  readonly #browser: BrowserContext;
  /** Addresses outside this machine that something in the window asked for. */
  readonly foreignRequests = new Set<string>();

  private constructor(server: Server, browser: BrowserContext, page: Page) {
    this.server = server;
    this.#browser = browser;
    this.page = page;
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      // Pages of webviews come from this name, which the window's own service worker answers.
      const inside = hostname === '127.0.0.1' || hostname.endsWith('.vscode-resource.vscode-cdn.net');
      if (protocol.startsWith('http') && !inside) this.foreignRequests.add(hostname);
    });
    // A window with unsaved text asks before it goes.
    page.on('dialog', (dialog) => void dialog.accept());
  }

  static async open(options: ServerOptions): Promise<Workbench> {
    const server = await startServer(options);
    try {
      const executablePath = process.env['RETROGRAD_CHROMIUM'];
      const browser = await chromium.launchPersistentContext(server.browserProfile, {
        ...(executablePath === undefined ? {} : { executablePath }),
        headless: true,
        env: { ...process.env, HOME: server.home },
        viewport: { width: 1440, height: 900 },
        args: [...browserArguments],
      });
      const workbench = new Workbench(server, browser, browser.pages()[0] ?? (await browser.newPage()));
      await workbench.page.goto(server.url);
      await workbench.ready();
      return workbench;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.server.stop();
  }

  get panel(): Panel {
    return new Panel(this.page);
  }

  async ready(): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 90_000 });
  }

  /** By VS Code's own command: a reload by the browser would cut off the saving of what is on screen. */
  async reload(): Promise<void> {
    const reloaded = this.page.waitForEvent('load', { timeout: 60_000 });
    await this.command('Developer: Reload Window');
    await reloaded;
    await this.ready();
  }

  async openFile(name: string): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first().dblclick();
    await this.page.locator(`.tab[data-resource-name="${name}"]`).first().waitFor();
    await this.page.locator('.monaco-editor .view-lines').first().waitFor();
  }

  /** Runs a command of the palette, by its whole title. */
  async command(title: string): Promise<void> {
    await this.#quickInput('F1', `>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
  }

  /** Types into VS Code's quick input. It closes when a panel that is being drawn takes the focus; then it is opened anew. */
  async #quickInput(key: string, text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input').first();
    for (let attempt = 1; ; attempt += 1) {
      await this.page.keyboard.press(key);
      try {
        await input.fill(text, { timeout: 2000 });
        return;
      } catch (error) {
        if (attempt === 5) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Lines of the editor as they are on screen, inlay hints included. */
  async lines(): Promise<string[]> {
    const texts = await this.page.locator('.editor-instance .view-lines .view-line').allTextContents();
    return texts.map((text) => text.replaceAll('\u00a0', ' '));
  }

  /** The line that starts with a text (blanks apart), inlay hint and all. */
  async line(start: string): Promise<string> {
    const lines = await this.lines();
    return lines.find((line) => line.trimStart().startsWith(start)) ?? '';
  }

  lens(text: string | RegExp): Locator {
    return this.page.locator('.codelens-decoration a', { hasText: text });
  }

  async statusText(): Promise<string> {
    const item = this.page.locator('[id$="retrograd.status"]');
    return (await item.count()) === 0 ? '' : (await item.first().innerText()).trim();
  }

  /** Selects a piece of a line and types over it, without saving. */
  async replace(line: number, text: string, by: string): Promise<void> {
    const lines = this.fileLines();
    const column = (lines[line - 1]?.indexOf(text) ?? -1) + 1;
    if (column === 0) throw new Error(`Line ${line} has no ${JSON.stringify(text)}.`);
    await this.goTo(line, column);
    for (let count = 0; count < text.length; count += 1) await this.page.keyboard.press('Shift+ArrowRight');
    if (by === '') await this.page.keyboard.press('Delete');
    else await this.page.keyboard.type(by);
  }

  async goTo(line: number, column: number): Promise<void> {
    const place = this.page.locator('#status\\.editor\\.selection');
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await this.#quickInput('Control+g', `:${line}:${column}`);
      await this.page.keyboard.press('Enter');
      const there = place.filter({ hasText: `Ln ${line}, Col ${column}` });
      const arrived = await there.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
      if (arrived) return;
    }
    throw new Error(`The cursor did not go to ${line}:${column}.`);
  }

  /** What is on disk of the file of this test: tells where text stands, and that nothing was saved. */
  fileLines(name = 'two-layer-chain.ts'): string[] {
    return readFileSync(join(this.server.workspace, name), 'utf8').split('\n');
  }

  async focusEditor(name: string): Promise<void> {
    await this.page.locator(`.tab[data-resource-name="${name}"]`).first().click();
  }

  /** The hover over a word of a line that starts with a text. Other providers may add to it. */
  async hoverText(lineStart: string, word: string, right: (text: string) => boolean): Promise<string> {
    const line = this.page
      .locator('.editor-instance .view-lines .view-line')
      .filter({ hasText: lineStart.replaceAll(' ', '\u00a0') });
    const target = line.locator('span > span').filter({ hasText: word }).first();
    return until(
      `a hover over ${word} in ${lineStart}`,
      async () => {
        await this.page.mouse.move(5, 5);
        await target.hover();
        const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-contents');
        await hover
          .first()
          .waitFor({ timeout: 3000 })
          .catch(() => undefined);
        return (await hover.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
      },
      right,
    );
  }

  /** Rows of the Problems view that this extension wrote: message, code and place. */
  async problems(): Promise<string[]> {
    const own = this.page.locator('.marker-source').filter({ hasText: /^retrograd$/ });
    const rows = this.page.locator('.markers-panel .monaco-list-row').filter({ has: own });
    return (await rows.allInnerTexts()).map((row) => row.replaceAll(/\s+/g, ' '));
  }

  async allProblems(): Promise<string> {
    return (await this.page.locator('.markers-panel').first().innerText()).replaceAll(/\s+/g, ' ');
  }

  async chooseTheme(name: string): Promise<void> {
    await this.command('Preferences: Color Theme');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.fill(name);
    const row = this.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.page.getByText(name, { exact: true }) });
    await row.first().click();
    await this.page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(outputDirectory, { recursive: true });
    await this.page.screenshot({ path: join(outputDirectory, `${name}.png`) });
  }
}
