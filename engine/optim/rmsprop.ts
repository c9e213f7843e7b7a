import { zeros } from '../autograd/create.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { withRecipe } from '../autograd/recipes.ts';
import type { Optimizer } from './optimizer.ts';
import { type LearningRate, rateAt } from './schedules.ts';
import { requireNotNegative, requireOptions, requireRate, shownSettings } from './settings.ts';

export interface RmspropOptions {
  /** Learning rate η, or its schedule. Default 0.01. */
  readonly lr?: LearningRate;
  /** Decay of the mean of squares. Default 0.99. */
  readonly alpha?: number;
  /** Default 1e-8. */
  readonly eps?: number;
  /** L2 penalty: λ·w is added to the gradient. */
  readonly weightDecay?: number;
  readonly momentum?: number;
  /** Divides by the deviation instead of the root of the mean square. */
  readonly centered?: boolean;
}

export type RmspropState = {
  readonly step: number;
  readonly square: Tensor;
  readonly mean?: Tensor;
  readonly velocity?: Tensor;
};

/**
 * s′ = α·s + (1 − α)·g², then w′ = w − η·g / (√s′ + ε); centred: √(s′ − m′²) with m′ = α·m + (1 − α)·g; with momentum:
 * v′ = μ·v + g / (√s′ + ε) and w′ = w − η·v′ (Hinton, "Neural networks for machine learning", lecture 6e, 2012; Graves,
 * "Generating sequences with recurrent neural networks", 2013, for the centred form; as PyTorch, ε outside the root).
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer<RmspropState> {
  requireOptions('rmsprop', options, ['lr', 'alpha', 'eps', 'weightDecay', 'momentum', 'centered']);
  const { lr = 1e-2, alpha = 0.99, eps = 1e-8, weightDecay = 0, momentum = 0, centered = false } = options;
  requireRate('rmsprop', lr);
  requireNotNegative('rmsprop', { alpha, eps, weightDecay, momentum });
  return withRecipe(
    {
      name: 'rmsprop',
      settings: shownSettings(lr, { alpha, eps, weightDecay, momentum, centered }),
      init: (parameter) => {
        const zero = zeros(parameter.shape, { dtype: parameter.dtype });
        return {
          step: 0,
          square: zero,
          ...(centered ? { mean: zero } : {}),
          ...(momentum > 0 ? { velocity: zero } : {}),
        };
      },
      update: (parameter, gradient, state) => {
        const rate = rateAt(lr, state.step);
        const g = weightDecay === 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        const square = state.square.mul(alpha).add(g.square().mul(1 - alpha));
        const mean = state.mean?.mul(alpha).add(g.mul(1 - alpha));
        const scaled = g.div((mean ? square.sub(mean.square()) : square).sqrt().add(eps));
        const velocity = state.velocity?.mul(momentum).add(scaled);
        return {
          parameter: parameter.sub((velocity ?? scaled).mul(rate)),
          state: { step: state.step + 1, square, ...(mean ? { mean } : {}), ...(velocity ? { velocity } : {}) },
        };
      },
    },
    lr,
    { alpha, eps, weightDecay, momentum, centered },
  );
}
