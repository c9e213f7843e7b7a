import { type TensorLike, asTensor } from '../../autograd/create.ts';
import { where } from '../../autograd/functions/index.ts';
import { optionsOf } from '../../autograd/options.ts';
import { Tensor } from '../../autograd/tensor.ts';
import { runtime } from '../../tensor/current-runtime.ts';
import { isFloat } from '../../tensor/dtype.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { classPlace } from '../../tensor/kernels/indexing.ts';
import { sameShape, showShape, sizeOf } from '../../tensor/shape.ts';
import { composite } from './composite.ts';
import { constant } from './constant.ts';
import { type LossOptions, reduced } from './loss-options.ts';
import { logSoftmax } from './softmax.ts';

export interface NllLossOptions extends LossOptions {
  /** How much each class counts, [C]; the mean is then over these weights. Default: all alike. */
  readonly weight?: TensorLike | null;
  /** A target that counts for nothing, such as the index of padding. Default −100. */
  readonly ignoreIndex?: number;
}
export interface CrossEntropyOptions extends NllLossOptions {
  /** ε, from 0 to 1: takes the share ε of the target's probability and spreads it over all classes. Default 0. */
  readonly labelSmoothing?: number;
}

const defaults: Required<NllLossOptions> = { reduction: 'mean', weight: null, ignoreIndex: -100 };

/**
 * −scores[target] of each sample, its mean unless told otherwise.
 * @param logProbabilities shape [N, C], [C] for one sample, or [N, C, …] with a class for each of the places.
 * @param target class indices, shape [N] (a number for one sample, [N, …] for places).
 * @throws ShapeError when the shapes do not go together or an index is no class.
 */
export function nllLoss(logProbabilities: TensorLike, target: TensorLike, options: NllLossOptions = {}): Tensor {
  const settings = optionsOf('nllLoss', options, defaults);
  return composite('nllLoss', () => {
    const scores = asTensor(logProbabilities, undefined, 'nllLoss');
    const chosen = new Targets('nllLoss', scores, asTensor(target, undefined, 'nllLoss'), settings);
    return chosen.reduced(chosen.picked(weightedBy('nllLoss', scores, settings.weight)).neg());
  });
}

/**
 * −ln softmax(logits)[target] of each sample, its mean unless told otherwise; −Σ target · ln softmax(logits) for targets that are
 * probabilities. Label smoothing after Szegedy et al., "Rethinking the Inception Architecture", 2016.
 * @param logits shape [N, C], [C] for one sample, or [N, C, …] with a class for each of the places.
 * @param target class indices, shape [N] (a number for one sample, [N, …] for places); or floats of the shape of the logits.
 * @throws ShapeError when the shapes do not go together or an index is no class; RangeError for an ε outside [0, 1].
 */
export function crossEntropy(logits: TensorLike, target: TensorLike, options: CrossEntropyOptions = {}): Tensor {
  const settings = optionsOf<Required<CrossEntropyOptions>>('crossEntropy', options, {
    ...defaults,
    labelSmoothing: 0,
  });
  const { labelSmoothing } = settings;
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
    throw new RangeError(`crossEntropy: labelSmoothing must be from 0 to 1, not ${labelSmoothing}.`);
  return composite('crossEntropy', () => {
    const z = asTensor(logits, undefined, 'crossEntropy');
    const given = asTensor(target, z, 'crossEntropy');
    const dim = classDim(z);
    const soft = z.shape.length > 0 && sameShape(given.shape, z.shape) && isFloat(given.dtype);
    const chosen = soft ? null : new Targets('crossEntropy', z, given, settings);
    const scores = weightedBy('crossEntropy', logSoftmax(z, dim), settings.weight);
    if (!chosen) {
      // Before the product: a score of −∞ counts by what its class is given, be it by the smoothing alone.
      const shares =
        labelSmoothing === 0 ? given : given.mul(1 - labelSmoothing).add(labelSmoothing / Math.max(1, z.shape[dim]!));
      return reduced('crossEntropy', scores.mul(shares).sum(dim).neg(), { reduction: settings.reduction });
    }
    const right = chosen.picked(scores).neg();
    return chosen.reduced(
      labelSmoothing === 0 ? right : right.mul(1 - labelSmoothing).add(scores.mean(dim).neg().mul(labelSmoothing)),
    );
  });
}

const classDim = (scores: Tensor): number => (scores.shape.length === 1 ? 0 : 1);

/** Scores, each class's times its weight. @throws ShapeError unless there is one for each class */
function weightedBy(loss: string, scores: Tensor, weight: TensorLike | null): Tensor {
  if (weight === null) return scores;
  const given = asTensor(weight, scores, loss);
  const classes = scores.shape[classDim(scores)];
  if (given.shape.length !== 1 || given.shape[0] !== classes)
    throw new ShapeError(
      `${loss}: weight has shape ${showShape(given.shape)}; for ${String(classes)} classes it must be [${String(classes)}].`,
    );
  return scores.mul(given.reshape([classes!, ...scores.shape.slice(classDim(scores) + 1).map(() => 1)]));
}

/** The classes of samples, and how much each counts. */
class Targets {
  /** True where a class is the sample's own. */
  readonly #own: Tensor;
  /** Empty where all count alike. */
  readonly #shares: Float64Array;
  readonly #even: boolean;

  constructor(
    readonly loss: string,
    scores: Tensor,
    readonly target: Tensor,
    readonly settings: Required<NllLossOptions>,
  ) {
    const { shape } = scores;
    const dim = classDim(scores);
    const classes = shape[dim];
    const places = shape.filter((_, i) => i !== dim);
    if (classes === undefined || !sameShape(target.shape, places)) {
      throw new ShapeError(
        `${loss}: scores ${showShape(shape)} and targets ${showShape(target.shape)}: expected [N, C] and class indices [N]${
          classes === undefined ? '' : `, here ${showShape(places)}`
        }.`,
      );
    }
    const weights = settings.weight === null ? null : asTensor(settings.weight, scores, loss).data;
    const own = weights === null && this.#isNoClass(classes) ? runtime().oneHot?.(target.handle, shape, dim) : null;
    if (own !== null && own !== undefined) {
      this.#own = new Tensor(own, { shape, dtype: 'bool', requiresGrad: false });
      this.#shares = new Float64Array();
      this.#even = true;
      return;
    }
    const inner = sizeOf(shape.slice(dim + 1));
    const mask = new Uint8Array(scores.size);
    this.#shares = new Float64Array(target.size);
    target.data.forEach((index, i) => {
      if (index === settings.ignoreIndex) return;
      if (!Number.isInteger(index) || index < 0 || index >= classes)
        throw new ShapeError(`${loss}: target ${index} of sample ${i} is no class; there are ${classes}, from 0.`);
      mask[classPlace(i, index, classes, inner)] = 1;
      this.#shares[i] = weights?.[index] ?? 1;
    });
    this.#own = constant(mask, shape, 'bool');
    this.#even = weights === null && this.#shares.every((share) => share === 1);
  }

  /** Whether the index to be ignored is none of the classes, so that targets are all to be counted if they all are classes. */
  #isNoClass(classes: number): boolean {
    const { ignoreIndex } = this.settings;
    return !(ignoreIndex >= 0 && ignoreIndex < classes);
  }

  /** The score of each sample's own class. By condition, not by multiplication: −∞ elsewhere must not become NaN. */
  picked(scores: Tensor): Tensor {
    return where(this.#own, scores, 0).sum(classDim(scores));
  }

  /** What is asked for of the losses of all samples. */
  reduced(losses: Tensor): Tensor {
    const { reduction } = this.settings;
    if (this.#even) return reduced(this.loss, losses, { reduction });
    const counted = this.#withoutIgnored(losses);
    if (reduction !== 'mean') return reduced(this.loss, counted, { reduction });
    return counted.sum().div(this.#shares.reduce((sum, share) => sum + share, 0));
  }

  /** Zero for samples that are left out. */
  #withoutIgnored(losses: Tensor): Tensor {
    const { data, shape } = this.target;
    const kept = Float64Array.from(data, (index) => Number(index !== this.settings.ignoreIndex));
    return kept.includes(0) ? losses.mul(constant(kept, shape, losses.dtype)) : losses;
  }
}
