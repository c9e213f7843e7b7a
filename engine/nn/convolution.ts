import type { TensorLike } from '../autograd/create.ts';
import {
  type Conv1dOptions as Placing1d,
  type Conv2dOptions as Placing2d,
  type ConvTranspose2dOptions as PlacingTransposed,
  type Size1d,
  type Size2d,
  conv1d,
  conv2d,
  convTranspose2d,
} from '../autograd/functions/index.ts';
import { checkOptions } from '../autograd/options.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { ArgumentError } from '../tensor/errors.ts';
import { type Shape } from '../tensor/shape.ts';
import { fansOf } from './fans.ts';
import { Module } from './module.ts';
import { type LayerOptions, drawnBelow, requireSizes, seedsFrom } from './parameter.ts';

interface FilterOptions extends LayerOptions {
  /** Whether each filter has a number that is added. Default true. */
  readonly bias?: boolean;
}
export type Conv1dLayerOptions = Placing1d & FilterOptions;
export type Conv2dLayerOptions = Placing2d & FilterOptions;
export type ConvTranspose2dLayerOptions = PlacingTransposed & FilterOptions;

/** Filters and their biases, from U(−1/√fanIn, 1/√fanIn). */
abstract class Convolution<Placing extends { groups?: number }> extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor | null;
  /** Stride, padding and the like. */
  protected readonly placing: Placing;

  constructor(shape: Shape, filters: number, { bias = true, seed, dtype, ...placing }: Placing & FilterOptions) {
    super();
    const drawn = drawnBelow(1 / Math.sqrt(fansOf('convolution', shape).fanIn), seedsFrom(seed), dtype);
    this.weight = drawn(shape);
    this.bias = bias ? drawn([filters]) : null;
    this.placing = placing as unknown as Placing;
  }
}

const options = ['stride', 'padding', 'dilation', 'groups', 'bias', 'seed', 'dtype'];

/**
 * The shape of a layer's filters. @throws RangeError when channels do not make equal groups; ShapeError for sizes below 1.
 * @param count of filters, each for the channels of one group.
 */
function filtersOf(layer: string, count: number, channels: number, kernel: readonly number[], groups = 1): Shape {
  requireSizes(layer, { inChannels: channels, outChannels: count, groups });
  if (kernel === undefined)
    throw new ArgumentError(`${layer}: the kernel's size is missing: new nn.${layer}(inChannels, outChannels, 3).`);
  for (const size of kernel) requireSizes(layer, { kernelSize: size });
  for (const divided of [channels, count])
    if (divided % groups !== 0) throw new RangeError(`${layer}: ${divided} channels do not make ${groups} groups.`);
  return [count, channels / groups, ...kernel];
}

const pair = (size: Size2d): readonly number[] => (typeof size === 'number' ? [size, size] : size);

/** `conv1d` with filters of its own: [N, inChannels, L] gives [N, outChannels, L']. */
export class Conv1d extends Convolution<Placing1d> {
  constructor(inChannels: number, outChannels: number, kernelSize: Size1d, given: Conv1dLayerOptions = {}) {
    checkOptions('Conv1d', given, options);
    const shape = filtersOf('Conv1d', outChannels, inChannels, [kernelSize].flat(), given.groups);
    super(shape, outChannels, given);
  }

  forward(x: TensorLike): Tensor {
    return conv1d(x, this.weight, this.bias, this.placing);
  }
}

/** `conv2d` with filters of its own: [N, inChannels, H, W] gives [N, outChannels, H', W']. */
export class Conv2d extends Convolution<Placing2d> {
  constructor(inChannels: number, outChannels: number, kernelSize: Size2d, given: Conv2dLayerOptions = {}) {
    checkOptions('Conv2d', given, options);
    super(filtersOf('Conv2d', outChannels, inChannels, pair(kernelSize), given.groups), outChannels, given);
  }

  forward(x: TensorLike): Tensor {
    return conv2d(x, this.weight, this.bias, this.placing);
  }
}

/** `convTranspose2d` with filters of its own: [N, inChannels, H, W] gives [N, outChannels, H', W']. */
export class ConvTranspose2d extends Convolution<PlacingTransposed> {
  constructor(inChannels: number, outChannels: number, kernelSize: Size2d, given: ConvTranspose2dLayerOptions = {}) {
    checkOptions('ConvTranspose2d', given, [...options, 'outputPadding']);
    // The filters of the convolution that this is the transpose of, which goes from the output to the input.
    const shape = filtersOf('ConvTranspose2d', inChannels, outChannels, pair(kernelSize), given.groups);
    super(shape, outChannels, given);
  }

  forward(x: TensorLike): Tensor {
    return convTranspose2d(x, this.weight, this.bias, this.placing);
  }
}
