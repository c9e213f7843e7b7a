import type { Optimizer } from './optimizer.ts';

/**
 * Gradient descent: w′ = w − η·v with v = ∂L/∂w, or with momentum μ: v′ = μ·v + ∂L/∂w
 * (PyTorch's form: Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013, as modified there).
 * @param lr learning rate η, above 0.
 */
export function sgd({ lr, momentum = 0 }: { lr: number; momentum?: number }): Optimizer {
  if (!(lr > 0)) throw new RangeError(`sgd: the learning rate must be above 0, not ${lr}.`);
  if (!(momentum >= 0)) throw new RangeError(`sgd: the momentum must be at least 0, not ${momentum}.`);
  return {
    name: 'sgd',
    settings: momentum === 0 ? { lr } : { lr, momentum },
    init: () => ({}),
    update: (parameter, gradient, state) => {
      const velocity = state.velocity ? state.velocity.mul(momentum).add(gradient) : gradient;
      return { parameter: parameter.sub(velocity.mul(lr)), state: momentum === 0 ? {} : { velocity } };
    },
  };
}
