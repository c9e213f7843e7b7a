import { type TensorLike, asTensor } from '../autograd/create.ts';
import { arange } from '../autograd/creation.ts';
import { embedding, equal, maskedFill, unsqueeze, where } from '../autograd/functions/index.ts';
import { optionsOf } from '../autograd/options.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { type Content, normalNumbers } from './draw.ts';
import { Module } from './module.ts';
import {
  type LayerOptions,
  type LayerSettings,
  layerDefaults,
  parameterOf,
  requireSizes,
  seedsFrom,
} from './parameter.ts';

export interface EmbeddingOptions extends LayerOptions {
  /** The index of a row that stands for nothing: it starts as zeros, and gets no gradient. */
  readonly paddingIdx?: number;
}

/** A table of vectors, one for each index: [...] of whole numbers gives [..., embeddingDim]. Starts in N(0, 1). */
export class Embedding extends Module {
  /** [numEmbeddings, embeddingDim] */
  readonly weight: Tensor;
  readonly paddingIdx: number | null;

  /** @throws RangeError for a padding index that is no row. */
  constructor(numEmbeddings: number, embeddingDim: number, options: EmbeddingOptions = {}) {
    super();
    const { paddingIdx, seed, dtype } = optionsOf<LayerSettings & { paddingIdx: number | undefined }>(
      'Embedding',
      options,
      { paddingIdx: undefined, ...layerDefaults },
    );
    requireSizes('Embedding', { numEmbeddings, embeddingDim });
    if (paddingIdx !== undefined && !(paddingIdx >= -numEmbeddings && paddingIdx < numEmbeddings))
      throw new RangeError(`Embedding: paddingIdx ${paddingIdx} is no row; there are ${numEmbeddings}, from 0.`);
    const padding = paddingIdx === undefined ? null : paddingIdx < 0 ? paddingIdx + numEmbeddings : paddingIdx;
    this.paddingIdx = padding;
    const shape = [numEmbeddings, embeddingDim];
    const normal = normalNumbers(0, 1, seedsFrom(seed)());
    const isPadding = (): Tensor => unsqueeze(equal(arange(numEmbeddings), padding ?? -1), 1);
    const content: Content = (size, kind) =>
      padding === null ? normal(size, kind) : maskedFill(normal(size, kind), isPadding(), 0);
    this.weight = parameterOf(shape, content, dtype);
  }

  /** @throws ShapeError for an index that is no row. */
  forward(indices: TensorLike): Tensor {
    const chosen = asTensor(indices);
    const rows = embedding(this.weight, chosen);
    if (this.paddingIdx === null) return rows;
    return where(unsqueeze(equal(chosen, this.paddingIdx), -1), rows.detach(), rows);
  }
}
