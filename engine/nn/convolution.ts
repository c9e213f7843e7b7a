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
import type { Tensor } from '../autograd/tensor.ts';
import { type Shape } from '../tensor/shape.ts';
import { fansOf } from './fans.ts';
import { Module } from './module.ts';
import { type LayerOptions, drawnBelow, seedsFrom } from './parameter.ts';

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

/** Channels of a group. @throws RangeError when there are no equal groups. */
function perGroup(channels: number, groups: number): number {
  if (channels % groups !== 0) throw new RangeError(`${channels} channels do not make ${groups} groups.`);
  return channels / groups;
}

const pair = (size: Size2d): readonly [number, number] => (typeof size === 'number' ? [size, size] : size);

/** `conv1d` with filters of its own: [N, inChannels, L] gives [N, outChannels, L']. */
export class Conv1d extends Convolution<Placing1d> {
  constructor(inChannels: number, outChannels: number, kernelSize: Size1d, options: Conv1dLayerOptions = {}) {
    perGroup(outChannels, options.groups ?? 1);
    super([outChannels, perGroup(inChannels, options.groups ?? 1), ...[kernelSize].flat()], outChannels, options);
  }

  forward(x: TensorLike): Tensor {
    return conv1d(x, this.weight, this.bias, this.placing);
  }
}

/** `conv2d` with filters of its own: [N, inChannels, H, W] gives [N, outChannels, H', W']. */
export class Conv2d extends Convolution<Placing2d> {
  constructor(inChannels: number, outChannels: number, kernelSize: Size2d, options: Conv2dLayerOptions = {}) {
    perGroup(outChannels, options.groups ?? 1);
    super([outChannels, perGroup(inChannels, options.groups ?? 1), ...pair(kernelSize)], outChannels, options);
  }

  forward(x: TensorLike): Tensor {
    return conv2d(x, this.weight, this.bias, this.placing);
  }
}

/** `convTranspose2d` with filters of its own: [N, inChannels, H, W] gives [N, outChannels, H', W']. */
export class ConvTranspose2d extends Convolution<PlacingTransposed> {
  constructor(inChannels: number, outChannels: number, kernelSize: Size2d, options: ConvTranspose2dLayerOptions = {}) {
    perGroup(inChannels, options.groups ?? 1);
    super([inChannels, perGroup(outChannels, options.groups ?? 1), ...pair(kernelSize)], outChannels, options);
  }

  forward(x: TensorLike): Tensor {
    return convTranspose2d(x, this.weight, this.bias, this.placing);
  }
}
