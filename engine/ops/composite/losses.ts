import { type TensorLike, asTensor, tensor } from '../../autograd/create.ts';
import { where } from '../../autograd/functions/index.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { sameShape, showShape } from '../../tensor/shape.ts';
import { composite } from './composite.ts';
import { logSoftmax } from './softmax.ts';

/** What becomes of the losses of single elements or samples. */
export interface LossOptions {
  readonly reduction?: 'mean' | 'sum' | 'none';
}

const reduced = (losses: Tensor, { reduction = 'mean' }: LossOptions): Tensor =>
  reduction === 'none' ? losses : reduction === 'sum' ? losses.sum() : losses.mean();

/** (prediction − target)², its mean unless told otherwise. */
export const mseLoss = (prediction: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor =>
  composite('mseLoss', () => {
    const p = asTensor(prediction);
    return reduced(p.sub(asTensor(target, p)).square(), options);
  });

/**
 * −ln softmax(logits)[target] of each sample, its mean unless told otherwise.
 * @param logits shape [N, C], or [C] for one sample.
 * @param target class indices, shape [N] (a number for one sample).
 * @throws ShapeError when the shapes do not go together or an index is no class.
 */
export const crossEntropy = (logits: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor =>
  composite('crossEntropy', () => {
    const z = asTensor(logits);
    const chosen = oneHot(z, asTensor(target));
    const scores = logSoftmax(z, -1);
    // Chosen by condition, not by multiplication: a score of −∞ elsewhere must not become NaN.
    return reduced(where(chosen, scores, 0).sum(-1).neg(), options);
  });

function oneHot(logits: Tensor, target: Tensor): Tensor {
  const classes = logits.shape.at(-1);
  if (classes === undefined || logits.shape.length > 2 || !sameShape(target.shape, logits.shape.slice(0, -1))) {
    throw new ShapeError(
      `crossEntropy: logits ${showShape(logits.shape)} and targets ${showShape(target.shape)}: expected [N, C] and class indices [N].`,
    );
  }
  const mask = new Float64Array(logits.size);
  target.data.forEach((index, i) => {
    if (!Number.isInteger(index) || index < 0 || index >= classes) {
      throw new ShapeError(`crossEntropy: target ${index} of sample ${i} is no class; there are ${classes}, from 0.`);
    }
    mask[i * classes + index] = 1;
  });
  return tensor(mask, { dtype: 'bool' }).reshape(logits.shape);
}

/** −t·ln σ(x) − (1 − t)·ln(1 − σ(x)) of each element, as ln(1 + e^x) − x·t, which stays finite. */
export const bceWithLogits = (logits: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor =>
  composite('bceWithLogits', () => {
    const x = asTensor(logits);
    // No threshold: the linear shortcut of softplus would cost digits here.
    return reduced(x.softplus({ threshold: Number.MAX_VALUE }).sub(x.mul(asTensor(target, x))), options);
  });
