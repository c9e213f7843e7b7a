/** Things that are told apart by a number from the first time on. */
export class Table<Item> {
  readonly items: Item[] = [];
  readonly #numbers = new Map<Item, number>();
  /** Neighbours are often alike. */
  #last = 0;

  numberOf(item: Item): number {
    if (item === this.items[this.#last]) return this.#last;
    let number = this.#numbers.get(item);
    if (number === undefined) {
      number = this.items.push(item) - 1;
      this.#numbers.set(item, number);
    }
    this.#last = number;
    return number;
  }
}
