import { checkOptions } from '../autograd/options.ts';
import { Tensor } from '../autograd/tensor.ts';
import { ArgumentError, describeValue } from '../tensor/errors.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { type LearningRate, rateAt } from './schedules.ts';

/**
 * An optimiser is made of its options alone; which parameters it moves is said where it is used.
 * @throws ArgumentError for anything but options of these names.
 */
export function requireOptions(optimizer: string, options: unknown, known: readonly string[]): void {
  if (Array.isArray(options) || options instanceof Tensor)
    throw new ArgumentError(
      `${optimizer}: parameters do not go here: optim.stepper(optim.${optimizer}({ lr: 0.01 }), parameters), or ` +
        `model(fn, { optimizer: optim.${optimizer}({ lr: 0.01 }) }), which finds them.`,
    );
  checkOptions(optimizer, options, known);
}

/** @throws RangeError unless every setting is a number of at least 0. */
export function requireNotNegative(optimizer: string, settings: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(settings))
    if (!(value >= 0)) throw new RangeError(`${optimizer}: ${name} must be at least 0, not ${value}.`);
}

/** @throws RangeError unless every setting is a number in [0, 1). */
export function requireFraction(optimizer: string, settings: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(settings))
    if (!(value >= 0 && value < 1))
      throw new RangeError(`${optimizer}: ${name} must be at least 0 and below 1, not ${value}.`);
}

/** @throws RangeError for a learning rate that moves nothing, or the wrong way. */
export function requireRate(optimizer: string, lr: LearningRate): void {
  if (typeof lr !== 'number' && typeof lr !== 'function')
    throw new ArgumentError(
      `${optimizer}: lr, the learning rate, is a number or a function of the step, not ${describeValue(lr)}.`,
    );
  const first = rateAt(lr, 0);
  // A schedule may start from nothing.
  if (!(typeof lr === 'number' ? lr > 0 : first >= 0))
    throw new RangeError(`${optimizer}: the learning rate must be above 0, not ${first}.`);
}

/** The learning rate and those settings that say something, as an optimiser shows them. */
export function shownSettings(lr: LearningRate, others: Attributes): Attributes {
  const said = Object.entries(others).filter(([, value]) => value !== 0 && value !== false);
  return { lr: rateAt(lr, 0), ...(typeof lr === 'number' ? {} : { scheduled: true }), ...Object.fromEntries(said) };
}
