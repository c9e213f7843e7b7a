/** A list of whole numbers that grows, in one piece of memory that the garbage collector need not look into. */
export class WholeNumbers {
  #numbers = new Int32Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Returns the new length. */
  push(number: number): number {
    if (this.#length === this.#numbers.length) {
      const wider = new Int32Array(2 * this.#length);
      wider.set(this.#numbers);
      this.#numbers = wider;
    }
    this.#numbers[this.#length] = number;
    return ++this.#length;
  }

  /** Of a place that there is. */
  at(place: number): number {
    return this.#numbers[place]!;
  }

  set(place: number, number: number): void {
    this.#numbers[place] = number;
  }

  /** A copy of all of them. */
  all(): Int32Array {
    return this.#numbers.slice(0, this.#length);
  }

  /** From a place to before another. */
  slice(from: number, to: number): Int32Array {
    return this.#numbers.subarray(from, to);
  }
}
