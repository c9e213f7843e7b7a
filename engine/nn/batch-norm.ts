import { type TensorLike, asTensor, tensor } from '../autograd/create.ts';
import { optionsOf } from '../autograd/options.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { composite } from '../ops/composite/composite.ts';
import { batchNorm } from '../ops/composite/index.ts';
import { ShapeError } from '../tensor/errors.ts';
import { showShape, sizeOf } from '../tensor/shape.ts';
import { Module, kept } from './module.ts';
import { type LayerOptions, type LayerSettings, filledWith, requireSizes } from './parameter.ts';
import type { Kept } from './state.ts';

export interface BatchNormOptions extends Pick<LayerOptions, 'dtype'> {
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number;
  /** How much of the running statistics a batch replaces; null for the mean over all batches. Default 0.1. */
  readonly momentum?: number | null;
  /** Whether there are a weight and a bias for each channel, from 1 and 0. Default true. */
  readonly affine?: boolean;
  /** Without them evaluation uses each batch's own statistics. Default true. */
  readonly trackRunningStats?: boolean;
}

type BatchNormSettings = Required<Omit<BatchNormOptions, 'dtype'>> & Pick<LayerSettings, 'dtype'>;

/**
 * Normalises each channel, then scales and shifts it: [N, C] or [N, C, …] (Ioffe and Szegedy 2015). While training, with the mean and
 * the biased variance of the batch; in evaluation, with the running ones.
 */
export class BatchNorm extends Module {
  readonly numFeatures: number;
  readonly eps: number;
  readonly momentum: number | null;
  readonly trackRunningStats: boolean;
  /** [numFeatures] */
  readonly weight: Tensor | null;
  /** [numFeatures] */
  readonly bias: Tensor | null;
  // Plain numbers: what is only remembered is no part of the graph.
  readonly #mean: Float64Array;
  readonly #variance: Float64Array;
  #batches = 0;

  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super();
    const { eps, momentum, affine, trackRunningStats, dtype } = optionsOf<BatchNormSettings>('BatchNorm', options, {
      eps: 1e-5,
      momentum: 0.1,
      affine: true,
      trackRunningStats: true,
      dtype: undefined,
    });
    requireSizes('BatchNorm', { numFeatures });
    this.numFeatures = numFeatures;
    this.eps = eps;
    this.momentum = momentum;
    this.trackRunningStats = trackRunningStats;
    this.weight = affine ? filledWith(1, [numFeatures], dtype) : null;
    this.bias = affine ? filledWith(0, [numFeatures], dtype) : null;
    this.#mean = new Float64Array(numFeatures);
    this.#variance = new Float64Array(numFeatures).fill(1);
  }

  /** Running mean of each channel, [numFeatures]. */
  get runningMean(): readonly number[] {
    return Array.from(this.#mean);
  }

  /** Running variance of each channel, the unbiased one, [numFeatures]. */
  get runningVar(): readonly number[] {
    return Array.from(this.#variance);
  }

  override [kept](): Readonly<Record<string, Kept>> {
    if (!this.trackRunningStats) return {};
    const list = (numbers: Float64Array): Kept => ({
      read: () => tensor(numbers, { dtype: 'float64' }),
      write: ({ data }) => numbers.set(data),
    });
    return {
      runningMean: list(this.#mean),
      runningVar: list(this.#variance),
      numBatchesTracked: {
        read: () => tensor(this.#batches, { dtype: 'int32' }),
        write: (content) => (this.#batches = content.item()),
      },
    };
  }

  forward(x: TensorLike): Tensor {
    const input = asTensor(x, undefined, 'BatchNorm');
    if (input.shape.length < 2 || input.shape[1] !== this.numFeatures) {
      throw new ShapeError(
        `BatchNorm: x ${showShape(input.shape)}: expected [N, ${this.numFeatures}] or [N, ${this.numFeatures}, …].`,
      );
    }
    if (!this.training && this.trackRunningStats) return this.#byRunning(input);
    const normalised = batchNorm(input, this.weight, this.bias, { eps: this.eps });
    if (this.training && this.trackRunningStats) this.#remember(input);
    return normalised;
  }

  #byRunning(input: Tensor): Tensor {
    return composite('batchNorm', () => {
      const column = (values: ArrayLike<number>): Tensor =>
        onChannels(tensor(values, { dtype: input.dtype }), input.shape.length);
      const deviation = this.#variance.map((variance) => Math.sqrt(variance + this.eps));
      const standardised = input.sub(column(this.#mean)).div(column(deviation));
      const scaled = this.weight ? standardised.mul(onChannels(this.weight, input.shape.length)) : standardised;
      return this.bias ? scaled.add(onChannels(this.bias, input.shape.length)) : scaled;
    });
  }

  #remember({ data, shape }: Tensor): void {
    const [samples, channels] = shape as [number, number];
    const places = sizeOf(shape.slice(2));
    const count = samples * places;
    const share = this.momentum ?? 1 / (this.#batches + 1);
    this.#batches++;
    for (let c = 0; c < channels; c++) {
      const sumOver = (term: (x: number) => number): number => {
        let sum = 0;
        for (let n = 0; n < samples; n++) {
          const start = (n * channels + c) * places;
          for (let i = start; i < start + places; i++) sum += term(data[i]!);
        }
        return sum;
      };
      const mean = sumOver((x) => x) / count;
      const variance = sumOver((x) => (x - mean) ** 2) / (count - 1);
      this.#mean[c]! += share * (mean - this.#mean[c]!);
      this.#variance[c]! += share * (variance - this.#variance[c]!);
    }
  }
}

/** `BatchNorm` of [N, C] or [N, C, L]. */
export class BatchNorm1d extends BatchNorm {
  override forward(x: TensorLike): Tensor {
    return super.forward(ofRank('BatchNorm1d', x, [2, 3], '[N, C] or [N, C, L]'));
  }
}

/** `BatchNorm` of pictures, [N, C, H, W]. */
export class BatchNorm2d extends BatchNorm {
  override forward(x: TensorLike): Tensor {
    return super.forward(ofRank('BatchNorm2d', x, [4], '[N, C, H, W]'));
  }
}

function ofRank(layer: string, x: TensorLike, ranks: readonly number[], expected: string): Tensor {
  const input = asTensor(x, undefined, layer);
  if (ranks.includes(input.shape.length)) return input;
  throw new ShapeError(`${layer}: x ${showShape(input.shape)}: expected ${expected}.`);
}

/** A value for each channel, so that it broadcasts over [N, C, …] of so many dimensions. */
const onChannels = (values: Tensor, rank: number): Tensor =>
  rank === 2 ? values : values.reshape([values.size, ...new Array<number>(rank - 2).fill(1)]);
