import { matmul } from '../autograd/functions/index.ts';
import type { TensorLike } from '../autograd/create.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { uniformNumbers } from './draw.ts';
import { Module } from './module.ts';
import { type LayerOptions, parameterOf, seedsFrom } from './parameter.ts';

export interface LinearOptions extends LayerOptions {
  /** Default true. */
  readonly bias?: boolean;
}

/** y = x·Wᵀ + b: [*, inFeatures] gives [*, outFeatures]. W and b start in U(−1/√inFeatures, 1/√inFeatures). */
export class Linear extends Module {
  /** [outFeatures, inFeatures] */
  readonly weight: Tensor;
  /** [outFeatures] */
  readonly bias: Tensor | null;

  constructor(inFeatures: number, outFeatures: number, { bias = true, seed, dtype }: LinearOptions = {}) {
    super();
    const seeds = seedsFrom(seed);
    const bound = 1 / Math.sqrt(inFeatures);
    const drawn = (shape: number[]): Tensor => parameterOf(shape, uniformNumbers(shape, -bound, bound, seeds()), dtype);
    this.weight = drawn([outFeatures, inFeatures]);
    this.bias = bias ? drawn([outFeatures]) : null;
  }

  forward(x: TensorLike): Tensor {
    const product = matmul(x, this.weight.mT);
    return this.bias ? product.add(this.bias) : product;
  }
}
