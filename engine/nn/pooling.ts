import type { TensorLike } from '../autograd/create.ts';
import {
  type AvgPoolOptions,
  type PoolOptions,
  type Size2d,
  avgPool2d,
  maxPool2d,
} from '../autograd/functions/index.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { Module } from './module.ts';

/** The largest element of each window: [N, C, H, W] gives [N, C, H', W']. */
export class MaxPool2d extends Module {
  constructor(
    readonly kernelSize: Size2d,
    readonly options: PoolOptions = {},
  ) {
    super();
  }

  forward(x: TensorLike): Tensor {
    return maxPool2d(x, this.kernelSize, this.options);
  }
}

/** The mean of each window: [N, C, H, W] gives [N, C, H', W']. */
export class AvgPool2d extends Module {
  constructor(
    readonly kernelSize: Size2d,
    readonly options: AvgPoolOptions = {},
  ) {
    super();
  }

  forward(x: TensorLike): Tensor {
    return avgPool2d(x, this.kernelSize, this.options);
  }
}
