import type { Tensor } from '../autograd/tensor.ts';
import { updateParameters } from '../autograd/update.ts';
import { ArgumentError, describeValue } from '../tensor/errors.ts';
import type { Optimizer, ParameterState } from './optimizer.ts';
import { parametersOf } from './parameters.ts';

/** An optimiser at work on some parameters: what it remembers of them is here. */
export interface Stepper {
  /** Updates every parameter that has a gradient. */
  step(): void;
  /** Forgets the gradients of the parameters. */
  zeroGrad(): void;
}

/**
 * For training loops of your own, where `model(…)` does not fit:
 *
 * ```ts
 * const stepper = optim.stepper(optim.adam({ lr: 0.01 }), net.parameters());
 * stepper.zeroGrad();
 * loss().backward();
 * stepper.step();
 * ```
 */
export function stepper(optimizer: Optimizer, parameters: Iterable<Tensor>): Stepper {
  requireOptimizer(optimizer);
  const all = parametersOf('stepper', 'second', parameters);
  if (all.length === 0) throw new ArgumentError('stepper: the list of parameters is empty; there is nothing to learn.');
  const constant = all.findIndex(({ requiresGrad }) => !requiresGrad);
  if (constant >= 0)
    throw new ArgumentError(
      `stepper: element ${constant} of the list requires no gradient and never moves; param(…) makes a parameter.`,
    );
  const states = new Map<Tensor, ParameterState>();
  return {
    step: () => updateParameters(optimizer, all, states),
    zeroGrad: () => all.forEach((parameter) => parameter.zeroGrad()),
  };
}

function requireOptimizer(optimizer: unknown): void {
  if (typeof (optimizer as Partial<Optimizer> | null)?.update !== 'function')
    throw new ArgumentError(
      `stepper: the first argument is an optimiser, such as optim.sgd({ lr: 0.1 }), not ${describeValue(optimizer)}.`,
    );
}
