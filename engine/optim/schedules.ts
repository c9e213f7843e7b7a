import { ArgumentError } from '../tensor/errors.ts';

/** The learning rate of a step; the first step is 0. Any function will do: `(step) => 0.1 / (1 + step)`. */
export type Schedule = (step: number) => number;
/** What every optimiser takes as `lr`, and every schedule as what it scales. */
export type LearningRate = number | Schedule;

export const rateAt = (lr: LearningRate, step: number): number => (typeof lr === 'number' ? lr : lr(step));

/** Multiplied by `gamma` after every `stepSize` steps: η·γ^⌊t / stepSize⌋ (PyTorch's `StepLR`). */
export function stepLr(lr: LearningRate, { stepSize, gamma = 0.1 }: { stepSize: number; gamma?: number }): Schedule {
  requireSteps('stepLr', 'stepSize', stepSize);
  return (step) => rateAt(lr, step) * gamma ** Math.floor(step / stepSize);
}

/** Multiplied by `gamma` after every step: η·γ^t (PyTorch's `ExponentialLR`). */
export const exponentialLr =
  (lr: LearningRate, { gamma }: { gamma: number }): Schedule =>
  (step) =>
    rateAt(lr, step) * gamma ** step;

/**
 * Half a cosine from η down to `min` in `steps` steps: min + (η − min)·(1 + cos(π·t/steps)) / 2, and `min` from then on
 * (Loshchilov and Hutter, "SGDR: Stochastic gradient descent with warm restarts", 2017, eq. 5, without restarts).
 */
export function cosineAnnealing(lr: LearningRate, { steps, min = 0 }: { steps: number; min?: number }): Schedule {
  requireSteps('cosineAnnealing', 'steps', steps);
  return (step) => min + ((rateAt(lr, step) - min) * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps))) / 2;
}

/**
 * Up from `startFactor`·η to η in `steps` equal steps, and η from then on (PyTorch's `LinearLR`). It scales another schedule
 * too: `linearWarmup(cosineAnnealing(0.1, { steps: 1000 }), { steps: 50 })`.
 */
export function linearWarmup(
  lr: LearningRate,
  { steps, startFactor = 1 / 3 }: { steps: number; startFactor?: number },
): Schedule {
  requireSteps('linearWarmup', 'steps', steps);
  return (step) => rateAt(lr, step) * (startFactor + ((1 - startFactor) * Math.min(step, steps)) / steps);
}

/** η times a factor of your own (PyTorch's `LambdaLR`). */
export const scaled =
  (lr: LearningRate, factor: (step: number) => number): Schedule =>
  (step) =>
    rateAt(lr, step) * factor(step);

function requireSteps(schedule: string, name: string, value: number): void {
  if (value === undefined)
    throw new ArgumentError(
      `${schedule}: options are an object such as { ${name}: 100 }, of which ${name} is missing.`,
    );
  if (!(value > 0)) throw new RangeError(`${schedule}: ${name} must be above 0, not ${value}.`);
}
