import { type TensorLike, asTensor } from '../autograd/create.ts';
import { gelu, relu } from '../autograd/functions/index.ts';
import { checkOptions, oneOf } from '../autograd/options.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { MultiheadAttention } from './attention.ts';
import type { Mask } from './attention-mask.ts';
import { Dropout } from './dropout.ts';
import { Linear } from './linear.ts';
import { Module } from './module.ts';
import { LayerNorm } from './normalisation.ts';
import { type LayerOptions, seedsFrom } from './parameter.ts';

export interface TransformerEncoderLayerOptions extends LayerOptions {
  /** Width of the feed-forward part. Default 2048. */
  readonly dimFeedforward?: number;
  /** Default 0.1. */
  readonly dropout?: number;
  /** Default `relu`. */
  readonly activation?: 'relu' | 'gelu' | ((x: Tensor) => Tensor);
  /** Default 1e-5. */
  readonly layerNormEps?: number;
  /** Whether each part normalises what it reads, rather than the sum it makes. Default false. */
  readonly normFirst?: boolean;
}

export interface EncoderMasks {
  /** Which places must not see which, [T, T]: see `causalMask`. */
  readonly srcMask?: Mask | null;
  /** Which places are padding, [N, T]. */
  readonly srcKeyPaddingMask?: Mask | null;
}

/**
 * Self-attention, then a feed-forward network at each place, each with a way round it and a LayerNorm: x = norm1(x + attention(x)),
 * x = norm2(x + linear2(activation(linear1(x)))); with `normFirst`, x = x + attention(norm1(x)) and so on (Vaswani et al. 2017,
 * section 3; Xiong et al., "On layer normalization in the transformer architecture", 2020). Batch first: [N, T, dModel], or without N.
 */
export class TransformerEncoderLayer extends Module {
  readonly selfAttn: MultiheadAttention;
  readonly linear1: Linear;
  readonly dropout: Dropout;
  readonly linear2: Linear;
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;
  readonly dropout1: Dropout;
  readonly dropout2: Dropout;
  readonly normFirst: boolean;
  readonly activation: (x: Tensor) => Tensor;

  constructor(dModel: number, nhead: number, options: TransformerEncoderLayerOptions = {}) {
    super();
    checkOptions('TransformerEncoderLayer', options, [
      'dimFeedforward',
      'dropout',
      'activation',
      'layerNormEps',
      'normFirst',
      'seed',
      'dtype',
    ]);
    const {
      dimFeedforward = 2048,
      dropout = 0.1,
      activation = 'relu',
      layerNormEps = 1e-5,
      normFirst = false,
    } = options;
    const seeds = seedsFrom(options.seed);
    const dtype = options.dtype ? { dtype: options.dtype } : {};
    this.selfAttn = new MultiheadAttention(dModel, nhead, { dropout, seed: seeds(), ...dtype });
    this.linear1 = new Linear(dModel, dimFeedforward, { seed: seeds(), ...dtype });
    this.linear2 = new Linear(dimFeedforward, dModel, { seed: seeds(), ...dtype });
    this.norm1 = new LayerNorm(dModel, { eps: layerNormEps, ...dtype });
    this.norm2 = new LayerNorm(dModel, { eps: layerNormEps, ...dtype });
    this.dropout = new Dropout(dropout, { seed: seeds() });
    this.dropout1 = new Dropout(dropout, { seed: seeds() });
    this.dropout2 = new Dropout(dropout, { seed: seeds() });
    this.normFirst = normFirst;
    this.activation =
      typeof activation === 'function'
        ? activation
        : oneOf('TransformerEncoderLayer', 'activation', activation, ['relu', 'gelu']) === 'gelu'
          ? (x) => gelu(x)
          : relu;
  }

  forward(src: TensorLike, masks: EncoderMasks = {}): Tensor {
    checkOptions('TransformerEncoderLayer', masks, ['srcMask', 'srcKeyPaddingMask']);
    const x = asTensor(src);
    if (this.normFirst) {
      const attended = x.add(this.#attention(this.norm1.forward(x), masks));
      return attended.add(this.#feedForward(this.norm2.forward(attended)));
    }
    const attended = this.norm1.forward(x.add(this.#attention(x, masks)));
    return this.norm2.forward(attended.add(this.#feedForward(attended)));
  }

  #attention(x: Tensor, { srcMask = null, srcKeyPaddingMask = null }: EncoderMasks): Tensor {
    const options = { attnMask: srcMask, keyPaddingMask: srcKeyPaddingMask, needWeights: false } as const;
    return this.dropout1.forward(this.selfAttn.forward(x, x, x, options)[0]);
  }

  #feedForward(x: Tensor): Tensor {
    const hidden = this.dropout.forward(this.activation(this.linear1.forward(x)));
    return this.dropout2.forward(this.linear2.forward(hidden));
  }
}
