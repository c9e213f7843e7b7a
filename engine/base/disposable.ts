/** Something that holds a resource until told to let go. Letting go twice is harmless. */
export interface Disposable {
  dispose(): void;
}

/** Disposes in reverse order of adding. */
export class DisposableStore implements Disposable {
  #items: Disposable[] = [];

  add<Item extends Disposable>(item: Item): Item {
    this.#items.push(item);
    return item;
  }

  dispose(): void {
    const items = this.#items;
    this.#items = [];
    for (const item of [...items].reverse()) item.dispose();
  }
}
