import { type TensorLike, asTensor } from '../autograd/create.ts';
import { flatten } from '../autograd/functions/index.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { Module } from './module.ts';

/** Dimensions `startDim` to `endDim` as one: by default all but the batch's. */
export class Flatten extends Module {
  constructor(
    readonly startDim = 1,
    readonly endDim = -1,
  ) {
    super();
  }

  forward(x: TensorLike): Tensor {
    return flatten(x, this.startDim, this.endDim);
  }
}

/** What comes in goes out: a place for a layer that is to be left out. */
export class Identity extends Module {
  forward(x: TensorLike): Tensor {
    return asTensor(x);
  }
}
