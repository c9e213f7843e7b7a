import { RunStopped } from './limits.ts';

/** A number of 64 bits is put together here: every constant of one element is one. */
const halves = new Int32Array(2);
const whole = new Float64Array(halves.buffer);

/** Reads what the guest has sent, whatever it is: all but the first number of a record are taken as whole numbers of 32 bits. */
export class StreamReader {
  #at = 0;
  constructor(readonly numbers: Float64Array | Int32Array) {}

  get done(): boolean {
    return this.#at >= this.numbers.length;
  }

  /** A record's first number, as it was sent. */
  head(): number {
    return this.numbers[this.#at++]!;
  }

  /** @throws RunStopped at the end, as all below */
  next(): number {
    if (this.done) throw new RunStopped('internal', 'The stream ends in the middle of a record.');
    return this.numbers[this.#at++]! | 0;
  }

  rest(): number[] {
    return Array.from(this.numbers.subarray(this.#at));
  }

  /** A number of 64 bits, as two of 32. */
  float(): number {
    halves[0] = this.next();
    halves[1] = this.next();
    return whole[0]!;
  }

  /** A count, then as many numbers. */
  list(): number[] {
    const count = this.next();
    if (count < 0 || this.#at + count > this.numbers.length)
      throw new RunStopped('internal', 'The stream ends in the middle of a list.');
    this.#at += count;
    return Array.from(this.numbers.subarray(this.#at - count, this.#at), (number) => number | 0);
  }
}
