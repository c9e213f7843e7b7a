import type { NodeId } from '../../engine/base/brand.ts';
import { type Disposable } from '../../engine/base/disposable.ts';
import { Emitter } from '../../engine/base/emitter.ts';

/** A gradient that is to be checked in the panel: it waits there until a page can take it up, the newest one alone. */
export class CheckRequests implements Disposable {
  #waiting: NodeId | null = null;
  readonly #asked = new Emitter<void>();
  readonly onDidAsk = this.#asked.event;

  ask(node: NodeId): void {
    this.#waiting = node;
    this.#asked.fire();
  }

  take(): NodeId | null {
    const node = this.#waiting;
    this.#waiting = null;
    return node;
  }

  dispose(): void {
    this.#asked.dispose();
  }
}
