import type { TensorLike } from '../autograd/create.ts';
import {
  type AvgPool1dOptions,
  type AvgPoolOptions,
  type MaxPool1dOptions,
  type MaxPoolOptions,
  type Size1d,
  type Size2d,
  adaptiveAvgPool2d,
  avgPool1d,
  avgPool2d,
  maxPool1d,
  maxPool2d,
} from '../autograd/functions/index.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { Module } from './module.ts';

/** Windows of one size, placed in one way. */
abstract class Pooling<Size, Options> extends Module {
  constructor(
    readonly kernelSize: Size,
    readonly options: Options = {} as Options,
  ) {
    super();
  }
}

/** The largest element of each window: [N, C, H, W] gives [N, C, H', W']. */
export class MaxPool2d extends Pooling<Size2d, MaxPoolOptions> {
  forward(x: TensorLike): Tensor {
    return maxPool2d(x, this.kernelSize, this.options);
  }
}

/** The mean of each window: [N, C, H, W] gives [N, C, H', W']. */
export class AvgPool2d extends Pooling<Size2d, AvgPoolOptions> {
  forward(x: TensorLike): Tensor {
    return avgPool2d(x, this.kernelSize, this.options);
  }
}

/** The largest element of each window along one axis: [N, C, L] gives [N, C, L']. */
export class MaxPool1d extends Pooling<Size1d, MaxPool1dOptions> {
  forward(x: TensorLike): Tensor {
    return maxPool1d(x, this.kernelSize, this.options);
  }
}

/** The mean of each window along one axis: [N, C, L] gives [N, C, L']. */
export class AvgPool1d extends Pooling<Size1d, AvgPool1dOptions> {
  forward(x: TensorLike): Tensor {
    return avgPool1d(x, this.kernelSize, this.options);
  }
}

/** Means of as many windows as are asked for: [N, C, H, W] gives [N, C, …outputSize]. */
export class AdaptiveAvgPool2d extends Module {
  constructor(readonly outputSize: Size2d) {
    super();
  }

  forward(x: TensorLike): Tensor {
    return adaptiveAvgPool2d(x, this.outputSize);
  }
}
