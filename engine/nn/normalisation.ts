import type { TensorLike } from '../autograd/create.ts';
import { optionsOf } from '../autograd/options.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { groupNorm, layerNorm } from '../ops/composite/index.ts';
import type { Shape } from '../tensor/shape.ts';
import { Module } from './module.ts';
import { type LayerOptions, type LayerSettings, filledWith, requireSizes } from './parameter.ts';

interface Settings extends Pick<LayerSettings, 'dtype'> {
  readonly eps: number;
}

export interface LayerNormOptions extends Pick<LayerOptions, 'dtype'> {
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number;
  /** Whether there are a weight and a bias, from 1 and 0. Default true. */
  readonly elementwiseAffine?: boolean;
}

/** Normalises each sample over its last dimensions, then scales and shifts: any [..., …normalizedShape] (Ba et al. 2016). */
export class LayerNorm extends Module {
  readonly normalizedShape: Shape;
  readonly eps: number;
  /** normalizedShape */
  readonly weight: Tensor | null;
  /** normalizedShape */
  readonly bias: Tensor | null;

  /** @param normalizedShape the last sizes of the input; a number for the last alone. */
  constructor(normalizedShape: number | Shape, options: LayerNormOptions = {}) {
    super();
    const { eps, elementwiseAffine, dtype } = optionsOf<Settings & { elementwiseAffine: boolean }>(
      'LayerNorm',
      options,
      { eps: 1e-5, elementwiseAffine: true, dtype: undefined },
    );
    for (const size of [normalizedShape].flat()) requireSizes('LayerNorm', { normalizedShape: size });
    this.normalizedShape = typeof normalizedShape === 'number' ? [normalizedShape] : normalizedShape;
    this.eps = eps;
    this.weight = elementwiseAffine ? filledWith(1, this.normalizedShape, dtype) : null;
    this.bias = elementwiseAffine ? filledWith(0, this.normalizedShape, dtype) : null;
  }

  forward(x: TensorLike): Tensor {
    return layerNorm(x, this.normalizedShape, this.weight, this.bias, { eps: this.eps });
  }
}

export interface GroupNormOptions extends Pick<LayerOptions, 'dtype'> {
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number;
  /** Whether there are a weight and a bias for each channel, from 1 and 0. Default true. */
  readonly affine?: boolean;
}

/** Normalises groups of channels of each sample, then scales and shifts each channel: [N, C, …] (Wu and He 2018). */
export class GroupNorm extends Module {
  readonly numGroups: number;
  readonly eps: number;
  /** [numChannels] */
  readonly weight: Tensor | null;
  /** [numChannels] */
  readonly bias: Tensor | null;

  constructor(numGroups: number, numChannels: number, options: GroupNormOptions = {}) {
    super();
    const { eps, affine, dtype } = optionsOf<Settings & { affine: boolean }>('GroupNorm', options, {
      eps: 1e-5,
      affine: true,
      dtype: undefined,
    });
    requireSizes('GroupNorm', { numGroups, numChannels });
    if (numChannels % numGroups !== 0)
      throw new RangeError(`GroupNorm: ${numChannels} channels do not make ${numGroups} groups.`);
    this.numGroups = numGroups;
    this.eps = eps;
    this.weight = affine ? filledWith(1, [numChannels], dtype) : null;
    this.bias = affine ? filledWith(0, [numChannels], dtype) : null;
  }

  forward(x: TensorLike): Tensor {
    return groupNorm(x, this.numGroups, this.weight, this.bias, { eps: this.eps });
  }
}
