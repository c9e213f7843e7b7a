export { type AdagradOptions, adagrad } from './adagrad.ts';
export { type AdamOptions, adam, adamw } from './adam.ts';
export { type NormOptions, clipGradNorm, clipGradValue, clipped } from './clip.ts';
export type { Optimizer, ParameterState } from './optimizer.ts';
export { type RmspropOptions, rmsprop } from './rmsprop.ts';
export {
  type LearningRate,
  type Schedule,
  cosineAnnealing,
  exponentialLr,
  linearWarmup,
  scaled,
  stepLr,
} from './schedules.ts';
export { type SgdOptions, sgd } from './sgd.ts';
export { type Stepper, stepper } from './stepper.ts';
