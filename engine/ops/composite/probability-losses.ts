import { apply } from '../../autograd/apply.ts';
import type { TensorLike } from '../../autograd/create.ts';
import { together } from '../../autograd/functions/arguments.ts';
import { optionsOf } from '../../autograd/options.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { composite } from './composite.ts';
import { type LossOptions, reduced } from './loss-options.ts';
import { pureFunction } from '../../autograd/shortcuts.ts';

/**
 * −t·ln p − (1 − t)·ln(1 − p) of each element, its mean unless told otherwise. The logarithms are not taken below −100, so
 * that a probability of 0 or 1 gives a finite loss and gradient, as in PyTorch.
 * @param probability in [0, 1]; for logits there is `bceWithLogits`, which loses nothing near 0 and 1.
 */
export const bce = pureFunction((probability: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor =>
  composite('bce', () => reduced('bce', apply('binaryCrossEntropy', together('bce', probability, target)), options)),
);

/** −t·ln σ(x) − (1 − t)·ln(1 − σ(x)) of each element, as ln(1 + e^x) − x·t, which stays finite. */
export const bceWithLogits = pureFunction((logits: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor =>
  composite('bceWithLogits', () => {
    const [x, t] = together('bceWithLogits', logits, target);
    // No threshold: the linear shortcut of softplus would cost digits here.
    return reduced('bceWithLogits', x.softplus({ threshold: Infinity }).sub(x.mul(t)), options);
  }),
);

export interface KlDivOptions {
  readonly reduction?: NonNullable<LossOptions['reduction']> | 'batchmean';
}

/**
 * Kullback–Leibler divergence q·(ln q − ln p) of each element, its mean unless told otherwise.
 * @param logProbabilities ln p.
 * @param target q; where it is 0, the term is 0.
 * @param options `batchmean` divides the sum by the size of the first dimension, which gives the divergence itself.
 */
export function klDiv(logProbabilities: TensorLike, target: TensorLike, options: KlDivOptions = {}): Tensor {
  const { reduction } = optionsOf<Required<KlDivOptions>>('klDiv', options, { reduction: 'mean' });
  return composite('klDiv', () => {
    const [logP, q] = together('klDiv', logProbabilities, target);
    const terms = q.xlogy(q).sub(q.mul(logP));
    if (reduction !== 'batchmean') return reduced('klDiv', terms, { reduction });
    const [batch] = terms.shape;
    if (batch === undefined) throw new ShapeError('klDiv: "batchmean" needs a batch, but this is a single number.');
    return terms.sum().div(batch);
  });
}
