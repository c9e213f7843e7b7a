import { zeros } from '../autograd/create.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { withRecipe } from '../autograd/recipes.ts';
import type { Optimizer } from './optimizer.ts';
import { type LearningRate, rateAt } from './schedules.ts';
import { requireNotNegative, requireOptions, requireRate, shownSettings } from './settings.ts';

export interface AdagradOptions {
  /** Learning rate η, or its schedule. Default 0.01. */
  readonly lr?: LearningRate;
  /** η falls as η / (1 + t·lrDecay), t from 0. */
  readonly lrDecay?: number;
  /** L2 penalty: λ·w is added to the gradient. */
  readonly weightDecay?: number;
  /** What the sums of squares start from. Default 0. */
  readonly initialAccumulatorValue?: number;
  /** Default 1e-10. */
  readonly eps?: number;
}

export type AdagradState = { readonly step: number; readonly sum: Tensor };

/**
 * s′ = s + g², then w′ = w − η·g / (√s′ + ε) (Duchi et al., "Adaptive subgradient methods for online learning and stochastic
 * optimization", 2011; as PyTorch).
 */
export function adagrad(options: AdagradOptions = {}): Optimizer<AdagradState> {
  requireOptions('adagrad', options, ['lr', 'lrDecay', 'weightDecay', 'initialAccumulatorValue', 'eps']);
  const { lr = 1e-2, lrDecay = 0, weightDecay = 0, initialAccumulatorValue = 0, eps = 1e-10 } = options;
  requireRate('adagrad', lr);
  requireNotNegative('adagrad', { lrDecay, weightDecay, initialAccumulatorValue, eps });
  return withRecipe(
    {
      name: 'adagrad',
      settings: shownSettings(lr, { lrDecay, weightDecay, initialAccumulatorValue, eps }),
      init: ({ shape, dtype }) => ({ step: 0, sum: zeros(shape, { dtype }).add(initialAccumulatorValue) }),
      update: (parameter, gradient, state) => {
        const rate = rateAt(lr, state.step) / (1 + state.step * lrDecay);
        const g = weightDecay === 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        const sum = state.sum.add(g.square());
        return {
          parameter: parameter.sub(g.div(sum.sqrt().add(eps)).mul(rate)),
          state: { step: state.step + 1, sum },
        };
      },
    },
    lr,
    { lrDecay, weightDecay, initialAccumulatorValue, eps },
  );
}
