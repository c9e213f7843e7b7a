import type { Tensor } from '../autograd/tensor.ts';
import { withRecipe } from '../autograd/recipes.ts';
import type { Optimizer } from './optimizer.ts';
import { type LearningRate, rateAt } from './schedules.ts';
import { requireNotNegative, requireOptions, requireRate, shownSettings } from './settings.ts';

export interface SgdOptions {
  /** Learning rate η, or its schedule. */
  readonly lr: LearningRate;
  readonly momentum?: number;
  readonly dampening?: number;
  /** Looks ahead along the velocity. Needs momentum, and no dampening. */
  readonly nesterov?: boolean;
  /** L2 penalty: λ·w is added to the gradient. */
  readonly weightDecay?: number;
}

export type SgdState = { readonly step: number; readonly velocity?: Tensor };

/**
 * Gradient descent: w′ = w − η·g with g = ∂L/∂w + λ·w. With momentum μ and dampening τ: v′ = μ·v + (1 − τ)·g, at first v′ = g,
 * and w′ = w − η·v′, or with Nesterov's momentum w′ = w − η·(g + μ·v′) (PyTorch's form of Sutskever et al., "On the importance
 * of initialization and momentum in deep learning", 2013).
 */
export function sgd(options: SgdOptions): Optimizer<SgdState> {
  requireOptions('sgd', options, ['lr', 'momentum', 'dampening', 'nesterov', 'weightDecay']);
  const { lr, momentum = 0, dampening = 0, nesterov = false, weightDecay = 0 } = options;
  requireRate('sgd', lr);
  requireNotNegative('sgd', { momentum, weightDecay });
  if (nesterov && (momentum === 0 || dampening !== 0))
    throw new RangeError('sgd: nesterov needs a momentum above 0 and no dampening.');
  return withRecipe<SgdState>(
    {
      name: 'sgd',
      settings: shownSettings(lr, { momentum, dampening, nesterov, weightDecay }),
      init: () => ({ step: 0 }),
      update: (parameter, gradient, { step, velocity: before }) => {
        const rate = rateAt(lr, step);
        const g = weightDecay === 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        if (momentum === 0) return { parameter: parameter.sub(g.mul(rate)), state: { step: step + 1 } };
        const velocity = before ? before.mul(momentum).add(g.mul(1 - dampening)) : g;
        const direction = nesterov ? g.add(velocity.mul(momentum)) : velocity;
        return { parameter: parameter.sub(direction.mul(rate)), state: { step: step + 1, velocity } };
      },
    },
    lr,
    { momentum, dampening, nesterov, weightDecay },
  );
}
