/** Things that are told apart by a number from the first time on. */
export class Table<Item> {
  readonly items: Item[] = [];
  readonly #numbers = new Map<Item, number>();

  numberOf(item: Item): number {
    const known = this.#numbers.get(item);
    if (known !== undefined) return known;
    const number = this.items.push(item) - 1;
    this.#numbers.set(item, number);
    return number;
  }
}
