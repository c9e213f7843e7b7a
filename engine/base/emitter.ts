import type { Disposable } from './disposable.ts';

export type Event<Value> = (listener: (value: Value) => void) => Disposable;

/** Calls its listeners in order of subscription. A listener that unsubscribes while being called is safe. */
export class Emitter<Value> implements Disposable {
  #listeners = new Set<(value: Value) => void>();

  readonly event: Event<Value> = (listener) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: Value): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
