import { type TensorLike } from '../autograd/create.ts';
import { optionsOf } from '../autograd/options.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { dropout } from '../ops/composite/index.ts';
import { describeValue } from '../tensor/errors.ts';
import { Module } from './module.ts';
import { seedsFrom } from './parameter.ts';

/** Sets elements to 0 with probability p while training, and scales up the others; in evaluation all stay as they are. */
export class Dropout extends Module {
  readonly p: number;
  readonly #seeds: () => number;

  /** @throws RangeError for a p outside [0, 1]. */
  constructor(p = 0.5, options: { readonly seed?: number } = {}) {
    super();
    const { seed } = optionsOf<{ seed: number | undefined }>('Dropout', options, { seed: undefined });
    if (!(p >= 0 && p <= 1)) throw new RangeError(`Dropout: p must be from 0 to 1, not ${describeValue(p)}.`);
    this.p = p;
    this.#seeds = seedsFrom(seed);
  }

  forward(x: TensorLike): Tensor {
    return dropout(x, this.p, { training: this.training, seed: this.#seeds() });
  }
}
