import { type TensorLike, asTensor } from '../../autograd/create.ts';
import { where } from '../../autograd/functions/index.ts';
import { optionsOf } from '../../autograd/options.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { isFloat } from '../../tensor/dtype.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { sameShape, showShape, sizeOf } from '../../tensor/shape.ts';
import { composite } from './composite.ts';
import { constant } from './constant.ts';
import { type LossOptions, reduced } from './loss-options.ts';
import { logSoftmax } from './softmax.ts';

/**
 * −scores[target] of each sample, its mean unless told otherwise.
 * @param logProbabilities shape [N, C], [C] for one sample, or [N, C, …] with a class for each of the places.
 * @param target class indices, shape [N] (a number for one sample, [N, …] for places).
 * @throws ShapeError when the shapes do not go together or an index is no class.
 */
export const nllLoss = (logProbabilities: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor =>
  composite('nllLoss', () => {
    const scores = asTensor(logProbabilities, undefined, 'nllLoss');
    return reduced('nllLoss', picked('nllLoss', scores, target).neg(), options);
  });

export interface CrossEntropyOptions extends LossOptions {
  /** ε, from 0 to 1: takes the share ε of the target's probability and spreads it over all classes. Default 0. */
  readonly labelSmoothing?: number;
}

/**
 * −ln softmax(logits)[target] of each sample, its mean unless told otherwise; −Σ target · ln softmax(logits) for targets that are
 * probabilities. Label smoothing after Szegedy et al., "Rethinking the Inception Architecture", 2016.
 * @param logits shape [N, C], [C] for one sample, or [N, C, …] with a class for each of the places.
 * @param target class indices, shape [N] (a number for one sample, [N, …] for places); or floats of the shape of the logits.
 * @throws ShapeError when the shapes do not go together or an index is no class; RangeError for an ε outside [0, 1].
 */
export function crossEntropy(logits: TensorLike, target: TensorLike, options: CrossEntropyOptions = {}): Tensor {
  const { labelSmoothing, reduction } = optionsOf<Required<CrossEntropyOptions>>('crossEntropy', options, {
    labelSmoothing: 0,
    reduction: 'mean',
  });
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
    throw new RangeError(`crossEntropy: labelSmoothing must be from 0 to 1, not ${labelSmoothing}.`);
  return composite('crossEntropy', () => {
    const z = asTensor(logits, undefined, 'crossEntropy');
    const given = asTensor(target, z, 'crossEntropy');
    const soft = z.shape.length > 0 && sameShape(given.shape, z.shape) && isFloat(given.dtype);
    const dim = classDim(z);
    const scores = logSoftmax(z, dim);
    const right = soft ? scores.mul(given).sum(dim).neg() : picked('crossEntropy', scores, given).neg();
    const everywhere = (): Tensor => scores.mean(dim).neg();
    const losses = labelSmoothing === 0 ? right : right.mul(1 - labelSmoothing).add(everywhere().mul(labelSmoothing));
    return reduced('crossEntropy', losses, { reduction });
  });
}

const classDim = (scores: Tensor): number => (scores.shape.length === 1 ? 0 : 1);

/** The score of each sample's own class. By condition, not by multiplication: −∞ elsewhere must not become NaN. */
const picked = (loss: string, scores: Tensor, target: TensorLike): Tensor =>
  where(oneHot(loss, scores, asTensor(target, undefined, loss)), scores, 0).sum(classDim(scores));

/** True where a class is the sample's own. */
function oneHot(loss: string, scores: Tensor, target: Tensor): Tensor {
  const { shape } = scores;
  const dim = classDim(scores);
  const places = shape.filter((_, i) => i !== dim);
  const classes = shape[dim];
  if (classes === undefined || !sameShape(target.shape, places)) {
    throw new ShapeError(
      `${loss}: scores ${showShape(shape)} and targets ${showShape(target.shape)}: expected [N, C] and class indices [N]${
        classes === undefined ? '' : `, here ${showShape(places)}`
      }.`,
    );
  }
  const inner = sizeOf(shape.slice(dim + 1));
  const mask = new Uint8Array(scores.size);
  target.data.forEach((index, i) => {
    if (!Number.isInteger(index) || index < 0 || index >= classes) {
      throw new ShapeError(`${loss}: target ${index} of sample ${i} is no class; there are ${classes}, from 0.`);
    }
    const sample = Math.floor(i / inner);
    mask[(sample * classes + index) * inner + (i % inner)] = 1;
  });
  return constant(mask, shape, 'bool');
}
