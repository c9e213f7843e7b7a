import { zeros } from '../autograd/create.ts';
import { maximum } from '../autograd/functions/index.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { withRecipe } from '../autograd/recipes.ts';
import { ArgumentError, describeValue } from '../tensor/errors.ts';
import type { Optimizer } from './optimizer.ts';
import { type LearningRate, rateAt } from './schedules.ts';
import { requireFraction, requireNotNegative, requireOptions, requireRate, shownSettings } from './settings.ts';

export interface AdamOptions {
  /** Learning rate η, or its schedule. Default 0.001. */
  readonly lr?: LearningRate;
  /** Decay of the means of gradients and of their squares. Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Default 1e-8. */
  readonly eps?: number;
  /** λ: default 0 for `adam`, 0.01 for `adamw`. */
  readonly weightDecay?: number;
  /** Divides by the largest mean of squares so far (Reddi et al., "On the convergence of Adam and beyond", 2018). */
  readonly amsgrad?: boolean;
}

export type AdamState = {
  readonly step: number;
  readonly mean: Tensor;
  readonly square: Tensor;
  readonly largest?: Tensor;
};

/**
 * m′ = β₁·m + (1 − β₁)·g and v′ = β₂·v + (1 − β₂)·g², unbiased m̂ = m′/(1 − β₁ᵗ) and v̂ = v′/(1 − β₂ᵗ), then
 * w′ = w − η·m̂ / (√v̂ + ε); weight decay is an L2 penalty, g = ∂L/∂w + λ·w (Kingma and Ba, "Adam: a method for stochastic
 * optimization", 2015, algorithm 1; as PyTorch).
 */
export const adam = (options: AdamOptions = {}): Optimizer<AdamState> => adaptive('adam', 0, options);

/** Adam with weight decay beside the gradient: w shrinks by η·λ·w first (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019; as PyTorch). */
export const adamw = (options: AdamOptions = {}): Optimizer<AdamState> => adaptive('adamw', 0.01, options);

function adaptive(name: 'adam' | 'adamw', defaultDecay: number, options: AdamOptions): Optimizer<AdamState> {
  requireOptions(name, options, ['lr', 'betas', 'eps', 'weightDecay', 'amsgrad']);
  const { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = defaultDecay, amsgrad = false } = options;
  if (!Array.isArray(betas))
    throw new ArgumentError(`${name}: betas are two numbers, such as [0.9, 0.999], not ${describeValue(betas)}.`);
  const [beta1, beta2] = betas as readonly [number, number];
  requireRate(name, lr);
  requireFraction(name, { 'betas[0]': beta1, 'betas[1]': beta2 });
  requireNotNegative(name, { eps, weightDecay });
  return withRecipe(
    {
      name,
      settings: shownSettings(lr, { betas, eps, weightDecay, amsgrad }),
      init: (parameter) => {
        const zero = zeros(parameter.shape, { dtype: parameter.dtype });
        return { step: 0, mean: zero, square: zero, ...(amsgrad ? { largest: zero } : {}) };
      },
      update: (parameter, gradient, state) => {
        const rate = rateAt(lr, state.step);
        const step = state.step + 1;
        const decayed = weightDecay !== 0;
        const g = decayed && name === 'adam' ? gradient.add(parameter.mul(weightDecay)) : gradient;
        const w = decayed && name === 'adamw' ? parameter.mul(1 - rate * weightDecay) : parameter;
        const mean = state.mean.mul(beta1).add(g.mul(1 - beta1));
        const square = state.square.mul(beta2).add(g.square().mul(1 - beta2));
        const largest = state.largest && maximum(state.largest, square);
        // The corrections are plain numbers: 1 − 0.999 has four digits left in float32.
        const deviation = (largest ?? square)
          .sqrt()
          .div(Math.sqrt(1 - beta2 ** step))
          .add(eps);
        return {
          parameter: w.sub(mean.div(deviation).mul(rate / (1 - beta1 ** step))),
          state: { step, mean, square, ...(largest ? { largest } : {}) },
        };
      },
    },
    lr,
    { betas, eps, weightDecay, amsgrad },
  );
}
