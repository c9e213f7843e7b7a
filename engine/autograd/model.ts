import type { Optimizer, ParameterState } from '../optim/optimizer.ts';
import { runtime } from '../tensor/current-runtime.ts';
import { ArgumentError, GradientError, NotALoss, describeValue } from '../tensor/errors.ts';
import { showShape } from '../tensor/shape.ts';
import { type Batch, Batches } from './batches.ts';
import { cutOf } from './cuts.ts';
import { detectAnomaly } from './anomaly.ts';
import { checkStep, expecting } from './expectations.ts';
import { checkOptions } from './options.ts';
import { livingParameters } from './parameters.ts';
import { recipeOf } from './recipes.ts';
import { Tensor } from './tensor.ts';
import { updateParameters } from './update.ts';

export interface ModelOptions {
  /** Shown in place of the variable's name. */
  readonly name?: string;
  readonly optimizer?: Optimizer;
  /** How many steps `train()` takes. Default 1. */
  readonly steps?: number;
  /** Whether the first op that makes NaN or an infinity, forward or backward, ends the run: see `detectAnomaly`. Default false. */
  readonly detectAnomaly?: boolean;
}

export interface BatchedModelOptions extends ModelOptions {
  /** The function is told which rows a step is about, and no longer sees all of them at once. */
  readonly batch: Batch;
}

/** A function that returns a loss, and what is needed to train it. Calling it runs the forward pass. */
export interface Model {
  /** With batches, on the rows of the next step. */
  (): Tensor;
  /** One training step: forward, backward, update. Returns the loss before the update. */
  step(): number;
  /** `steps` training steps; returns the loss before each. */
  train(steps?: number): number[];
}

/**
 * Declares a model: the annotation that Retrograd looks for. In plain Node it is a function to call and to train.
 * @param forward returns the loss, a scalar that depends on at least one parameter. Not async. With `batch`, it gets the numbers of
 * the rows that the step is about, int32 of [size]: `x.indexSelect(0, rows)`.
 * @throws ArgumentError for options that there are not, or that are none
 */
export function model(forward: (rows: Tensor) => Tensor, options: BatchedModelOptions): Model;
export function model(forward: () => Tensor, options?: ModelOptions): Model;
export function model(
  forward: ((rows: Tensor) => Tensor) | (() => Tensor),
  options: ModelOptions & Partial<BatchedModelOptions> = {},
): Model {
  checkOptions('model', options, ['name', 'optimizer', 'steps', 'batch', 'detectAnomaly']);
  const { optimizer, steps = 1, detectAnomaly: watched = false } = options;
  requireParts(forward, optimizer, steps);
  const batches = options.batch === undefined ? null : new Batches(options.batch);
  const states = new Map<Tensor, ParameterState>();
  const called = batches ? () => forward(batches.tensor()) : (forward as () => Tensor);
  const run = (): Tensor => checkedLoss(expecting(called));

  const update = (): void => {
    if (!optimizer) throw new Error('This model has no optimizer: model(fn, { optimizer: optim.sgd({ lr: 0.1 }) }).');
    updateParameters(optimizer, livingParameters(), states);
  };

  const step = (): number => {
    for (const parameter of livingParameters()) parameter.zeroGrad();
    const loss = run();
    loss.backward();
    const before = loss.item();
    checkStep();
    update();
    batches?.advance();
    return before;
  };
  const watch = <Result>(body: () => Result): Result => (watched ? detectAnomaly(body) : body());

  runtime().declareModel({
    name: options.name ?? null,
    forward: () => {
      // Left on: the backward pass that follows is watched too.
      runtime().detectAnomalies(watched);
      return leadingBack(run()).handle;
    },
    get optimizer() {
      // What it remembers already is here, and nowhere else.
      const recipe = optimizer && states.size === 0 ? recipeOf(optimizer) : null;
      return optimizer
        ? { name: optimizer.name, settings: optimizer.settings, options: recipe?.options ?? null }
        : null;
    },
    steps,
    update: optimizer ? update : null,
    advance: () => batches?.advance(),
  });
  return Object.assign(() => watch(run), {
    step: () => watch(step),
    train: (count = steps) => Array.from({ length: count }, () => watch(step)),
  });
}

/** What types refuse, and would fail later or not at all. @throws ArgumentError */
function requireParts(forward: unknown, optimizer: unknown, steps: unknown): void {
  if (typeof forward !== 'function')
    throw new ArgumentError(
      `model: takes a function that returns the loss, model(() => …), not ${describeValue(forward)}.`,
    );
  if (optimizer !== undefined && !isOptimizer(optimizer))
    throw new ArgumentError(
      `model: the optimizer is one such as optim.adam({ lr: 0.001 }), not ${describeValue(optimizer)}.`,
    );
  if (!Number.isSafeInteger(steps) || (steps as number) < 0)
    throw new ArgumentError(`model: steps must be a whole number, not ${describeValue(steps)}.`);
}

const isOptimizer = (given: unknown): given is Optimizer =>
  typeof given === 'object' && given !== null && 'update' in given && typeof given.update === 'function';

/** @throws GradientError for a loss that something on its way cuts off from all parameters. */
function leadingBack(loss: Tensor): Tensor {
  const cut = loss.requiresGrad ? '' : cutOf(loss);
  if (cut !== '') throw new GradientError(`The loss leads back to no parameter${cut}.`);
  return loss;
}

function checkedLoss(result: unknown): Tensor {
  if (result instanceof Tensor) {
    if (result.size === 1) return result;
    throw new NotALoss(
      `A model returns its loss, a scalar; this one returned a tensor of shape ${showShape(result.shape)}. Reduce it with sum() or mean().`,
    );
  }
  if (result instanceof Promise)
    throw new NotALoss(
      'A model function cannot be async: every op must be recorded in order. Load data before model().',
    );
  throw new NotALoss(
    `A model returns its loss, a scalar tensor; this one returned ${result === undefined ? 'nothing' : describeValue(result)}.`,
  );
}
