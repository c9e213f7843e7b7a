import type { TensorLike } from '../../autograd/create.ts';
import { together } from '../../autograd/functions/arguments.ts';
import { where } from '../../autograd/functions/index.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { composite } from './composite.ts';
import { type LossOptions, checkWidth, reduced, requireLossOptions } from './loss-options.ts';
import { pureFunction } from '../../autograd/shortcuts.ts';

/** prediction − target. */
const deviation = (loss: string, prediction: TensorLike, target: TensorLike): Tensor => {
  const [p, t] = together(loss, prediction, target);
  return p.sub(t);
};

/** `d` where it is near, else 0: the square of an infinite distance is not taken, but its gradient would be 0 · ∞. */
const only = (near: Tensor, d: Tensor): Tensor => where(near, d, 0);

/** (prediction − target)², its mean unless told otherwise. The two broadcast. */
export const mseLoss = pureFunction((prediction: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor =>
  composite('mseLoss', () => reduced('mseLoss', deviation('mseLoss', prediction, target).square(), options)),
);

/** |prediction − target|, its mean unless told otherwise. The two broadcast; where they agree the gradient is 0. */
export const l1Loss = pureFunction((prediction: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor =>
  composite('l1Loss', () => reduced('l1Loss', deviation('l1Loss', prediction, target).abs(), options)),
);

/**
 * With d = prediction − target: d²/2β where |d| < β, else |d| − β/2 (Girshick, "Fast R-CNN", 2015).
 * @throws RangeError for a β below 0. With 0 it is the L1 loss.
 */
export function smoothL1Loss(
  prediction: TensorLike,
  target: TensorLike,
  given: LossOptions & { readonly beta?: number } = {},
): Tensor {
  requireLossOptions('smoothL1Loss', given, 'beta');
  const { beta = 1, ...options } = given;
  checkWidth('smoothL1Loss', 'beta', beta, true);
  return composite('smoothL1Loss', () => {
    const d = deviation('smoothL1Loss', prediction, target);
    const distance = d.abs();
    if (beta === 0) return reduced('smoothL1Loss', distance, options);
    const near = distance.less(beta);
    const losses = where(
      near,
      only(near, d)
        .square()
        .mul(0.5 / beta),
      distance.sub(beta / 2),
    );
    return reduced('smoothL1Loss', losses, options);
  });
}

/**
 * With d = prediction − target: d²/2 where |d| ≤ δ, else δ·(|d| − δ/2) (Huber 1964).
 * @throws RangeError for a δ that is not above 0.
 */
export function huberLoss(
  prediction: TensorLike,
  target: TensorLike,
  given: LossOptions & { readonly delta?: number } = {},
): Tensor {
  requireLossOptions('huberLoss', given, 'delta');
  const { delta = 1, ...options } = given;
  checkWidth('huberLoss', 'delta', delta, false);
  return composite('huberLoss', () => {
    const d = deviation('huberLoss', prediction, target);
    const distance = d.abs();
    const near = distance.lessEqual(delta);
    const losses = where(near, only(near, d).square().mul(0.5), distance.sub(delta / 2).mul(delta));
    return reduced('huberLoss', losses, options);
  });
}
