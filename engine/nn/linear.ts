import type { TensorLike } from '../autograd/create.ts';
import { optionsOf } from '../autograd/options.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { linear } from '../ops/composite/index.ts';
import { Module } from './module.ts';
import {
  type LayerOptions,
  type LayerSettings,
  drawnBelow,
  layerDefaults,
  requireSizes,
  seedsFrom,
} from './parameter.ts';

export interface LinearOptions extends LayerOptions {
  /** Whether b is there. Default true. */
  readonly bias?: boolean;
}

/** y = x·Wᵀ + b: [..., inFeatures] gives [..., outFeatures]. W and b start in U(−1/√inFeatures, 1/√inFeatures). */
export class Linear extends Module {
  /** [outFeatures, inFeatures] */
  readonly weight: Tensor;
  /** [outFeatures] */
  readonly bias: Tensor | null;

  constructor(inFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    super();
    const { bias, seed, dtype } = optionsOf<LayerSettings & { bias: boolean }>('Linear', options, {
      bias: true,
      ...layerDefaults,
    });
    requireSizes('Linear', { inFeatures, outFeatures });
    const drawn = drawnBelow(1 / Math.sqrt(inFeatures), seedsFrom(seed), dtype);
    this.weight = drawn([outFeatures, inFeatures]);
    this.bias = bias ? drawn([outFeatures]) : null;
  }

  forward(x: TensorLike): Tensor {
    return linear(x, this.weight, this.bias);
  }
}
