import type { FrameLocator, Locator, Page } from 'playwright-core';
import { until } from './until.ts';

export interface ShownNode {
  readonly value: number;
  readonly gradient: number | null;
}

/** The graph's panel, read through the tree that it offers to screen readers and operated by mouse on the drawing. */
export class Panel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get #frame(): FrameLocator {
    return this.#page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  get root(): Locator {
    return this.#frame.locator('[data-testid=panel]');
  }

  /** What the page says its language is. */
  async language(): Promise<string | null> {
    return this.#frame.locator('html').getAttribute('lang');
  }

  get card(): Locator {
    return this.#frame.locator('[data-testid=card]');
  }

  get inspector(): Locator {
    return this.#frame.locator('[data-testid=inspector]');
  }

  get problems(): Locator {
    return this.#frame.locator('[data-testid=problems]');
  }

  /** `live`, `stale`, `untrusted` … */
  async status(): Promise<string> {
    if ((await this.root.count()) === 0) return '';
    return (await this.root.first().getAttribute('data-status')) ?? '';
  }

  async waitForStatus(status: string): Promise<void> {
    await until(
      `the panel to be ${status}`,
      () => this.status(),
      (seen) => seen === status,
      40_000,
    );
  }

  item(name: string): Locator {
    return this.#frame.locator(`[data-node-name="${name}"]`);
  }

  async names(): Promise<string[]> {
    return this.#frame
      .locator('[data-node-name]')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-node-name') ?? ''));
  }

  /** Value and gradient of a node; null while the panel does not show it. */
  async node(name: string): Promise<ShownNode | null> {
    const item = this.item(name);
    if ((await item.count()) === 0) return null;
    const value = await item.first().getAttribute('data-value');
    const gradient = await item.first().getAttribute('data-gradient');
    return { value: numberOf(value), gradient: gradient === null || gradient === '' ? null : numberOf(gradient) };
  }

  /** Waits until a node shows a value and a gradient, to the four digits that are shown. */
  async waitForNode(name: string, value: number, gradient: number | null): Promise<void> {
    await until(
      `node ${name} to show ${value} and ${gradient}`,
      () => this.node(name),
      (seen) => seen !== null && near(seen.value, value) && nearOrNull(seen.gradient, gradient),
    );
  }

  /** Moves the pointer over a node of the drawing. */
  async hover(name: string): Promise<void> {
    const place = await this.#placeOf(name);
    // Twice, because entering a drawing and moving on it are two events.
    await this.#page.mouse.move(place.x - 2, place.y - 2);
    await this.#page.mouse.move(place.x, place.y);
  }

  async click(name: string): Promise<void> {
    const place = await this.#placeOf(name);
    await this.#page.mouse.click(place.x, place.y);
  }

  async selected(): Promise<string[]> {
    return this.#frame
      .locator('[data-node-name][aria-selected=true]')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-node-name') ?? ''));
  }

  async button(name: string | RegExp): Promise<void> {
    await this.#frame.getByRole('button', { name }).first().click();
  }

  get stepBar(): Locator {
    return this.#frame.locator('[data-testid=step-bar]');
  }

  /** Moves the debugger's scrubber to a position. */
  async scrub(position: number): Promise<void> {
    await this.stepBar.locator('input[type=range]').fill(String(position));
  }

  /** In the window, brought into view as by a reader who walks the list of nodes, but without taking the focus from the editor. */
  async #placeOf(name: string): Promise<{ x: number; y: number }> {
    const frame = await this.#page.locator('iframe.webview.ready').boundingBox();
    const item = this.item(name).first();
    const place = (): Promise<{ x: number; y: number; seen: boolean }> =>
      item.evaluate((one) => {
        const [x, y] = [Number(one.getAttribute('data-x') ?? NaN), Number(one.getAttribute('data-y') ?? NaN)];
        const { left, right, top, bottom } = one.closest('.graph')!.getBoundingClientRect();
        return { x, y, seen: x > left && x < right && y > top && y < bottom };
      });
    if (!(await place()).seen) await item.dispatchEvent('focus');
    const { x, y } = await until(`${name} to be in view`, place, ({ seen }) => seen);
    if (frame === null) throw new Error(`Nobody says where ${name} is drawn.`);
    return { x: frame.x + x, y: frame.y + y };
  }
}

const numberOf = (text: string | null): number => (text === null ? NaN : Number(text.replace('−', '-')));

/** Four significant digits are shown: half a unit of the last one, and a little for the conversion. */
const near = (seen: number, wanted: number): boolean =>
  Math.abs(seen - wanted) <= Math.max(Math.abs(wanted) * 6e-4, 1e-9);

const nearOrNull = (seen: number | null, wanted: number | null): boolean =>
  seen === null || wanted === null ? seen === wanted : near(seen, wanted);
