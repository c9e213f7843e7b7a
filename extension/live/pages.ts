import type { Disposable } from '../../engine/base/disposable.ts';
import { t } from '../../engine/base/l10n.ts';
import type { ToHost, ToPanel } from '../../engine/protocol/panel.ts';

/** Milliseconds until a page that does not answer is given up: it may have been closed on the way. */
const patience = 15_000;

interface Waiting {
  readonly resolve: (png: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** The page of the panel as something that can draw: pictures of dots need a canvas, and the editor's process has none. */
export class Pages implements Disposable {
  #send: ((message: ToPanel) => void) | null = null;
  #attached: (() => void)[] = [];
  #requests = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** A page that is loaded and listens. */
  attach(send: (message: ToPanel) => void): void {
    this.#send = send;
    for (const told of this.#attached.splice(0)) told();
  }

  /** It is hidden or closed: what is sent to it is lost. */
  detach(): void {
    this.#send = null;
  }

  /** Draws an SVG. Waits for a page where there is none yet. @throws when none comes, or the picture is too large for it */
  async rasterise(svg: string, scale: number): Promise<Uint8Array> {
    let late: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      late = setTimeout(() => reject(new Error(t('The panel did not answer.'))), patience);
    });
    try {
      return await Promise.race([this.#drawn(svg, scale), tooLate]);
    } finally {
      clearTimeout(late);
    }
  }

  receive({ request, png }: Extract<ToHost, { type: 'picture' }>): void {
    const waiting = this.#waiting.get(request);
    this.#waiting.delete(request);
    if (png === null) waiting?.reject(new Error(t('The picture is too large to be drawn.')));
    else waiting?.resolve(Uint8Array.from(atob(png), (character) => character.charCodeAt(0)));
  }

  dispose(): void {
    this.#waiting.clear();
  }

  async #drawn(svg: string, scale: number): Promise<Uint8Array> {
    if (this.#send === null) await new Promise<void>((resolve) => this.#attached.push(resolve));
    const request = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request, { resolve, reject });
      this.#send!({ type: 'drawPicture', request, svg, scale });
    });
  }
}
