import { type TensorLike, asTensor } from '../autograd/create.ts';
import { checkOptions, optionsOf } from '../autograd/options.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { dropout, linear, softmax } from '../ops/composite/index.ts';
import { ShapeError } from '../tensor/errors.ts';
import { sameShape, showShape } from '../tensor/shape.ts';
import { type Mask, underMask, underPadding } from './attention-mask.ts';
import { uniformNumbers } from './draw.ts';
import { zeros } from './init.ts';
import { Linear } from './linear.ts';
import { Module } from './module.ts';
import { type LayerOptions, filledWith, parameterOf, requireSizes, seedsFrom } from './parameter.ts';

export interface MultiheadAttentionOptions extends LayerOptions {
  /** Of attention weights, while training. Default 0. */
  readonly dropout?: number;
  /** Default true. */
  readonly bias?: boolean;
}

export interface AttentionOptions {
  /** Which places must not see which, [L, S] or [N · heads, L, S]: see `causalMask`. */
  readonly attnMask?: Mask | null;
  /** Which keys are padding, [N, S]. */
  readonly keyPaddingMask?: Mask | null;
  /** Whether the weights are returned. Default true. */
  readonly needWeights?: boolean;
  /** Whether they are the mean over the heads, [N, L, S], or each head's, [N, heads, L, S]. Default true. */
  readonly averageAttnWeights?: boolean;
}

/**
 * softmax(Q·Kᵀ/√d)·V in several heads of d = embedDim / numHeads dimensions, joined and projected (Vaswani et al., "Attention is all
 * you need", 2017, section 3.2.2). Batch first: query [N, L, embedDim], key and value [N, S, embedDim], or all without N.
 * Weights start as in PyTorch: Xavier-uniform for the three projections of the input, biases 0.
 */
export class MultiheadAttention extends Module {
  readonly embedDim: number;
  readonly numHeads: number;
  readonly dropout: number;
  /** [3 · embedDim, embedDim]: for the query, the key and the value. */
  readonly inProjWeight: Tensor;
  /** [3 · embedDim] */
  readonly inProjBias: Tensor | null;
  readonly outProj: Linear;
  readonly #seeds: () => number;

  /** @throws RangeError unless the heads divide embedDim. */
  constructor(embedDim: number, numHeads: number, options: MultiheadAttentionOptions = {}) {
    super();
    checkOptions('MultiheadAttention', options, ['dropout', 'bias', 'seed', 'dtype']);
    requireSizes('MultiheadAttention', { embedDim, numHeads });
    const { dropout: p = 0, bias = true, seed, dtype } = options;
    if (embedDim % numHeads !== 0)
      throw new RangeError(`MultiheadAttention: ${numHeads} heads do not divide embedDim ${embedDim}.`);
    const seeds = seedsFrom(seed);
    this.embedDim = embedDim;
    this.numHeads = numHeads;
    this.dropout = p;
    const shape = [3 * embedDim, embedDim];
    const bound = Math.sqrt(6 / (4 * embedDim));
    this.inProjWeight = parameterOf(shape, uniformNumbers(-bound, bound, seeds()), dtype);
    this.inProjBias = bias ? filledWith(0, [3 * embedDim], dtype) : null;
    this.outProj = new Linear(embedDim, embedDim, { bias, seed: seeds(), ...(dtype ? { dtype } : {}) });
    if (this.outProj.bias) zeros(this.outProj.bias);
    this.#seeds = seeds;
  }

  /** @returns the output, of the query's shape, and the weights. @throws ShapeError when shapes do not go together. */
  forward(
    query: TensorLike,
    key?: TensorLike,
    value?: TensorLike,
    options?: AttentionOptions & { readonly needWeights?: true },
  ): [output: Tensor, weights: Tensor];
  forward(
    query: TensorLike,
    key: TensorLike | undefined,
    value: TensorLike | undefined,
    options: AttentionOptions,
  ): [output: Tensor, weights: Tensor | null];
  forward(
    query: TensorLike,
    key: TensorLike = query,
    value: TensorLike = key,
    options: AttentionOptions = {},
  ): [output: Tensor, weights: Tensor | null] {
    const { attnMask, keyPaddingMask, needWeights, averageAttnWeights } = optionsOf<Required<AttentionOptions>>(
      'MultiheadAttention',
      options,
      { attnMask: null, keyPaddingMask: null, needWeights: true, averageAttnWeights: true },
    );
    const first = asTensor(query);
    const second = key === query ? first : asTensor(key, first);
    const third = value === key ? second : asTensor(value, first);
    const alone = first.shape.length === 2;
    this.#check(first, second, third);
    const [q, k, v] = this.#heads(first, second, third);
    const scores = q.mul(1 / Math.sqrt(this.embedDim / this.numHeads)).matmul(k.mT);
    const masked = attnMask === null ? scores : underMask(scores, attnMask);
    const seen = keyPaddingMask === null ? masked : underPadding(masked, keyPaddingMask);
    const weights = dropout(softmax(seen, -1), this.dropout, { training: this.training, seed: this.#seeds() });
    const joined = weights.matmul(v).transpose(1, 2);
    const [batch, length] = joined.shape as [number, number];
    const output = this.outProj.forward(joined.reshape([batch, length, this.embedDim]));
    const ofOne = (x: Tensor): Tensor => (alone ? x.squeeze(0) : x);
    if (!needWeights) return [ofOne(output), null];
    return [ofOne(output), ofOne(averageAttnWeights ? weights.mean(1) : weights)];
  }

  /** Projections in heads, [N, heads, length, d]. What is all one tensor takes one product. */
  #heads(query: Tensor, key: Tensor, value: Tensor): [Tensor, Tensor, Tensor] {
    const size = this.embedDim;
    const [weight, bias] = [this.inProjWeight, this.inProjBias];
    const projected =
      query === key && key === value
        ? linear(query, weight, bias).chunk(3, -1)
        : [query, key, value].map((x, i) => linear(x, weight.chunk(3)[i]!, bias && bias.chunk(3)[i]!));
    return projected.map((x) => {
      const [length, batch] = [x.shape.at(-2)!, x.shape.length === 2 ? 1 : x.shape[0]!];
      return x.reshape([batch, length, this.numHeads, size / this.numHeads]).transpose(1, 2);
    }) as [Tensor, Tensor, Tensor];
  }

  #check(query: Tensor, key: Tensor, value: Tensor): void {
    const [q, k, v] = [query.shape, key.shape, value.shape];
    const fits =
      [2, 3].includes(q.length) &&
      [q, k, v].every((shape) => shape.length === q.length && shape.at(-1) === this.embedDim) &&
      sameShape(k, v) &&
      (q.length === 2 || q[0] === k[0]);
    if (!fits)
      throw new ShapeError(
        `MultiheadAttention: query ${showShape(q)}, key ${showShape(k)}, value ${showShape(v)}: expected [N, L, ${this.embedDim}] and ` +
          `twice [N, S, ${this.embedDim}], or all without N.`,
      );
  }
}
