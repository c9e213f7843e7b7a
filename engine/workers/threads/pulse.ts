import { memory } from './shared-memory.ts';

/** Whether a thread is at work and gets on with it, in memory that two threads share: a thread that hangs cannot answer. */
export class Pulse {
  readonly #beats: Int32Array;

  constructor(buffer: ArrayBufferLike = memory(Int32Array.BYTES_PER_ELEMENT)) {
    this.#beats = new Int32Array(buffer);
  }

  get buffer(): ArrayBufferLike {
    return this.#beats.buffer;
  }

  /** The thread begins a piece of work, or ends it. */
  beat(): void {
    Atomics.add(this.#beats, 0, 1);
  }

  get beats(): number {
    return Atomics.load(this.#beats, 0);
  }

  /** Work that was begun is not ended yet. */
  get atWork(): boolean {
    return this.beats % 2 !== 0;
  }
}
