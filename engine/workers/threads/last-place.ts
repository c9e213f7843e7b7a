import type { ModulePath } from '../../base/brand.ts';
import { span } from '../../base/span.ts';
import type { Place } from '../../sandbox/host/problems.ts';
import { memory } from './shared-memory.ts';

const longestPath = 1000;

/** Where a running program was last seen. In memory that two threads share, it outlives a worker that has to be killed. */
export class LastPlace {
  readonly #numbers: Int32Array;

  constructor(buffer: ArrayBufferLike = memory((3 + longestPath) * Int32Array.BYTES_PER_ELEMENT)) {
    this.#numbers = new Int32Array(buffer);
  }

  get buffer(): ArrayBufferLike {
    return this.#numbers.buffer;
  }

  clear(): void {
    this.#numbers[0] = 0;
  }

  write({ file, span: { start, end } }: Place): void {
    if (file.length > longestPath) return;
    const numbers = this.#numbers;
    numbers[0] = 0;
    numbers[1] = start;
    numbers[2] = end;
    for (let i = 0; i < file.length; i++) numbers[3 + i] = file.charCodeAt(i);
    numbers[0] = file.length;
  }

  read(): Place | null {
    const [length, start, end] = this.#numbers;
    if (!length) return null;
    return {
      file: String.fromCharCode(...this.#numbers.subarray(3, 3 + length)) as ModulePath,
      span: span(start!, end!),
    };
  }
}
