import { runtime } from '../tensor/current-runtime.ts';
import { uniform } from '../tensor/random.ts';
import { ArgumentError, describeValue } from '../tensor/errors.ts';
import type { DrawnBatches } from '../tensor/runtime.ts';
import { input, nextSeed } from './create.ts';
import { checkOptions } from './options.ts';
import { watch } from './scope.ts';
import { Tensor } from './tensor.ts';

/** The rows of a table that a model sees at each step. */
export interface Batch {
  /** Rows of a step. The last step of an epoch has the rows that are left. */
  readonly size: number;
  /** Rows of the table: they are numbered from 0. */
  readonly of: number;
  /** Equal seeds give equal batches. Without one, the next of the sequence of seeds that random numbers start from. */
  readonly seed?: number;
}

/** Draws rows without replacement: every row once an epoch, in another order each time. */
export class Shuffle {
  readonly #size: number;
  readonly #random: () => number;
  readonly #order: Int32Array;
  /** The rows before are drawn, of this epoch. */
  #drawn = 0;
  #rows: readonly number[];

  constructor({ size, of, seed }: Required<Batch>) {
    this.#size = size;
    this.#random = uniform(seed);
    this.#order = Int32Array.from({ length: of }, (_, row) => row);
    this.#rows = this.#draw();
  }

  /** Of this step. */
  get rows(): readonly number[] {
    return this.#rows;
  }

  /** From now on it is the next step. */
  advance(): void {
    this.#rows = this.#draw();
  }

  /** Some steps of the shuffle of Fisher and Yates: what is drawn changes places with what is there (Durstenfeld, "Algorithm 235", 1964). */
  #draw(): readonly number[] {
    const order = this.#order;
    const first = this.#drawn === order.length ? 0 : this.#drawn;
    const end = Math.min(first + this.#size, order.length);
    for (let i = first; i < end; i++) {
      const other = i + Math.floor(this.#random() * (order.length - i));
      [order[i], order[other]] = [order[other]!, order[i]!];
    }
    this.#drawn = end;
    return Array.from(order.subarray(first, end));
  }
}

/** The rows that a model's steps are about, as tensors: drawn here, or where the runtime does. */
export class Batches {
  readonly #drawn: DrawnBatches;

  /** @throws ArgumentError naming the option */
  constructor(batch: Batch) {
    checkOptions('model: batch', batch, ['size', 'of', 'seed']);
    const { size, of, seed = nextSeed() } = batch;
    requireCount('size', size);
    requireCount('of', of);
    if (size > of)
      throw new ArgumentError(`model: batch.size, ${size}, is more than there are rows: batch.of is ${of}.`);
    if (!Number.isInteger(seed))
      throw new ArgumentError(`model: batch.seed is a whole number, not ${describeValue(seed)}.`);
    this.#drawn = runtime().batches?.(size, of, seed) ?? drawnHere(new Shuffle({ size, of, seed }));
  }

  /** Row numbers of this step, int32 of [size]. */
  tensor(): Tensor {
    const { handle, count } = this.#drawn.rows();
    return watch(new Tensor(handle, { shape: [count], dtype: 'int32', requiresGrad: false }), 'rows');
  }

  /** From now on it is the next step. */
  advance(): void {
    this.#drawn.advance();
  }
}

const drawnHere = (shuffle: Shuffle): DrawnBatches => ({
  rows: () => ({ handle: input(shuffle.rows, { dtype: 'int32' }).handle, count: shuffle.rows.length }),
  advance: () => shuffle.advance(),
});

function requireCount(name: 'size' | 'of', count: unknown): void {
  if (!Number.isInteger(count) || (count as number) < 1)
    throw new ArgumentError(`model: batch.${name} is a whole number of rows, at least 1, not ${describeValue(count)}.`);
}
