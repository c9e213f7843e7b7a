import type { Locator, Page } from 'playwright-core';
import { until } from './until.ts';

const texts = async (rows: Locator): Promise<string[]> =>
  (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));

/** The editor's own views of a debug session, read by what is on the screen. */
export class DebugViews {
  readonly #page: () => Page;

  /** @param page asked for each time: there is none before the first test. */
  constructor(page: () => Page) {
    this.#page = page;
  }

  /** Lines of the call stack, the topmost first; of all sessions, where there are several. */
  frames(): Promise<string[]> {
    return texts(this.#page().locator('.debug-call-stack .monaco-list-row .stack-frame'));
  }

  frame(name: string): Locator {
    return this.#page().locator('.debug-call-stack .monaco-list-row', { hasText: name }).first();
  }

  /** Rows of the variables view, `name: value`. */
  variables(): Promise<string[]> {
    return texts(this.#page().locator('.debug-variables .monaco-list-row'));
  }

  variable(name: string): Locator {
    return this.#page().locator('.debug-variables .monaco-list-row', { hasText: name }).first();
  }

  /** From the menu of a variable. */
  async chooseFromMenu(name: string, title: string): Promise<void> {
    await this.#choose(this.variable(name), title);
  }

  async #choose(row: Locator, title: string): Promise<void> {
    await row.click({ button: 'right' });
    const item = this.#page().locator('.context-view .action-label', { hasText: title }).first();
    await item.waitFor();
    // A menu that has just opened takes a click for the end of the one that opened it.
    await this.#page().waitForTimeout(500);
    await item.click();
    await item.waitFor({ state: 'detached' });
  }

  /** Rows of the breakpoints view, exception filters first. */
  breakpoints(): Promise<string[]> {
    return texts(this.#page().locator('.debug-breakpoints .monaco-list-row'));
  }

  breakpoint(name: string): Locator {
    return this.#page().locator('.debug-breakpoints .monaco-list-row', { hasText: name }).first();
  }

  /** From the menu of a breakpoint. */
  async chooseForBreakpoint(name: string, title: string): Promise<void> {
    await this.#choose(this.breakpoint(name), title);
  }

  watched(): Promise<string[]> {
    return texts(this.#page().locator('.debug-watch .monaco-list-row'));
  }

  /** Waits until the topmost line of the call stack says something. */
  stopsAt(name: string): Promise<string[]> {
    return until(
      `the debugger to stop at ${name}`,
      () => this.frames(),
      (rows) => rows[0]?.includes(name) === true,
    );
  }

  /** A button of the floating toolbar: `step-back`, `stop` … */
  button(action: string): Locator {
    return this.#page().locator(`.debug-toolbar a.codicon-debug-${action}`);
  }

  async isOver(): Promise<void> {
    await this.#page().locator('.debug-toolbar').first().waitFor({ state: 'hidden' });
  }
}
