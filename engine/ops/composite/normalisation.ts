import { type TensorLike, asTensor } from '../../autograd/create.ts';
import { optionsOf } from '../../autograd/options.ts';
import { pureFunction } from '../../autograd/shortcuts.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { type Shape, checkShape, sameShape, showShape } from '../../tensor/shape.ts';
import { composite } from './composite.ts';

export interface NormalisationOptions {
  /** Is added to the variance, so that equal elements do not lead to a division by 0. */
  readonly eps?: number;
}
type Affine = TensorLike | null;

/** (x − mean) / √(variance + eps) over the dimensions; the variance is the biased one. */
function standardised(x: Tensor, dims: readonly number[], eps: number): Tensor {
  const centered = x.sub(x.mean(dims, true));
  return centered.mul(centered.square().mean(dims, true).add(eps).rsqrt());
}

/** Scales by `weight` and shifts by `bias`, which have the shape `own` and are read as `as`. */
function affine(op: string, x: Tensor, weight: Affine, bias: Affine, own: Shape, as: Shape): Tensor {
  const given = (name: string, value: TensorLike): Tensor => {
    const tensor = asTensor(value, x, op);
    if (sameShape(tensor.shape, own)) return sameShape(own, as) ? tensor : tensor.reshape(as);
    throw new ShapeError(
      `${op}: ${name} has shape ${showShape(tensor.shape)}; for an input ${showShape(x.shape)} it must be ${showShape(own)}.`,
    );
  };
  const scaled = weight === null ? x : x.mul(given('weight', weight));
  return bias === null ? scaled : scaled.add(given('bias', bias));
}

/** Dimensions `from` up to the last. */
const dimsFrom = (from: number, rank: number): number[] => Array.from({ length: rank - from }, (_, i) => from + i);

/**
 * Normalises each sample over its last dimensions (Ba et al. 2016).
 * @param normalizedShape the last sizes of x; a number for the last dimension alone. `weight` and `bias` have this shape.
 * @throws ShapeError when x does not end with it.
 */
export const layerNorm = pureFunction(
  (
    x: TensorLike,
    normalizedShape: number | Shape,
    weight: Affine = null,
    bias: Affine = null,
    options?: NormalisationOptions,
  ): Tensor =>
    composite('layerNorm', () => {
      const { eps } = optionsOf('layerNorm', options, { eps: 1e-5 });
      const input = asTensor(x, undefined, 'layerNorm');
      const own = typeof normalizedShape === 'number' ? [normalizedShape] : normalizedShape;
      checkShape('layerNorm', own);
      const rank = input.shape.length;
      if (own.length === 0 || !sameShape(input.shape.slice(-own.length), own)) {
        throw new ShapeError(
          `layerNorm: an input ${showShape(input.shape)} does not end with the normalized shape ${showShape(own)}.`,
        );
      }
      return affine('layerNorm', standardised(input, dimsFrom(rank - own.length, rank), eps), weight, bias, own, own);
    }),
);

/**
 * Normalises each channel over the batch and all places (Ioffe & Szegedy 2015), with this batch's own mean and variance.
 * @param x shape [N, C, …]. `weight` and `bias` have shape [C].
 * @throws ShapeError when there are no channels, or a channel has but one value, whose variance says nothing.
 */
export const batchNorm = (
  x: TensorLike,
  weight: Affine = null,
  bias: Affine = null,
  options?: NormalisationOptions,
): Tensor =>
  composite('batchNorm', () => {
    const { eps } = optionsOf('batchNorm', options, { eps: 1e-5 });
    const input = asTensor(x, undefined, 'batchNorm');
    const [, channels, ...places] = input.shape;
    if (channels === undefined) {
      throw new ShapeError(`batchNorm: expected [N, C] or [N, C, …], not ${showShape(input.shape)}.`);
    }
    if (input.size === channels) {
      throw new ShapeError(
        `batchNorm: an input ${showShape(input.shape)} has one value for each channel, which normalises to 0. Use a larger batch.`,
      );
    }
    const dims = [0, ...dimsFrom(2, input.shape.length)];
    const column = [channels, ...places.map(() => 1)];
    return affine('batchNorm', standardised(input, dims, eps), weight, bias, [channels], column);
  });

/**
 * Normalises groups of channels of each sample (Wu & He 2018).
 * @param x shape [N, C, …]; C is a multiple of `numGroups`. `weight` and `bias` have shape [C].
 * @throws ShapeError when the channels do not make groups of equal size.
 */
export const groupNorm = pureFunction(
  (
    x: TensorLike,
    numGroups: number,
    weight: Affine = null,
    bias: Affine = null,
    options?: NormalisationOptions,
  ): Tensor =>
    composite('groupNorm', () => {
      const { eps } = optionsOf('groupNorm', options, { eps: 1e-5 });
      const input = asTensor(x, undefined, 'groupNorm');
      const [batch, channels, ...places] = input.shape;
      if (channels === undefined || !Number.isInteger(numGroups) || numGroups < 1 || channels % numGroups !== 0) {
        throw new ShapeError(
          `groupNorm: an input ${showShape(input.shape)} does not make ${numGroups} groups: expected [N, C, …] with C a multiple of it.`,
        );
      }
      const grouped = input.reshape([batch!, numGroups, input.size / (batch! * numGroups)]);
      const column = [channels, ...places.map(() => 1)];
      return affine(
        'groupNorm',
        standardised(grouped, [2], eps).reshape(input.shape),
        weight,
        bias,
        [channels],
        column,
      );
    }),
);
