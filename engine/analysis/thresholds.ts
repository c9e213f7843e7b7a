/**
 * What counts as sick. Every number is a setting; the source of each default stands beside it. The same 1e-7 is a mean of
 * magnitudes in one source and a norm in another: a name says which quantity it bounds.
 */
export interface Thresholds {
  /** Vanishing where a parameter's mean |gradient| is below this (SageMaker Debugger, `vanishing_gradient`) … */
  readonly vanishingMean: number;
  /** … or its norm is below this (AUTOTRAINER, ‖g_first‖), … */
  readonly vanishingNorm: number;
  /** … and in both cases its norm over that at the parameter nearest to the loss is below this (AUTOTRAINER, ‖g_first‖ / ‖g_last‖). */
  readonly vanishingRatio: number;
  /** Exploding where a gradient's norm is above this (TorchLens) … */
  readonly explodingNorm: number;
  /** … or its ratio to the norm of the parameter nearest to the loss is, with a norm above 1 (AUTOTRAINER). */
  readonly explodingRatio: number;
  /** Share of a ReLU's units that are inactive for every sample of the batch (SageMaker Debugger, `dead_relu`). */
  readonly deadUnits: number;
  /** |output| of tanh, or distance of σ from ½ doubled, that counts as saturated (Karpathy, makemore 3). */
  readonly saturatedLevel: number;
  /** Share of a layer's elements that may be saturated (DeepDiagnosis). */
  readonly saturatedShare: number;
  /** Norm of an optimiser's update over the norm of the weights: above is too fast … (CS231n: about 1e-3) */
  readonly updateRatioMost: number;
  /** … and below is standstill. */
  readonly updateRatioLeast: number;
  /** Mean square of a layer's output over that of its input, which good initialisers keep near 1 (Glorot, He): above … */
  readonly initialGainMost: number;
  /** … or below. */
  readonly initialGainLeast: number;
  /** Steps of training over which the loss has to fall (SageMaker Debugger, `loss_not_decreasing`) … */
  readonly lossPatience: number;
  /** … by this share of it. */
  readonly lossFall: number;
  /** A divisor nearer to zero than this, as share of the numerator's magnitude. */
  readonly nearZero: number;
}

export const defaultThresholds: Thresholds = {
  vanishingMean: 1e-7,
  vanishingNorm: 1e-4,
  vanishingRatio: 1e-3,
  explodingNorm: 1e4,
  explodingRatio: 70,
  deadUnits: 0.5,
  saturatedLevel: 0.97,
  saturatedShare: 0.5,
  updateRatioMost: 0.5,
  updateRatioLeast: 1e-7,
  initialGainMost: 30,
  initialGainLeast: 1e-3,
  lossPatience: 50,
  lossFall: 0.01,
  nearZero: 1e-6,
};

/** How the command line names each bound: `max-` for what may not be exceeded, `min-` for what may not be fallen below. */
export const boundNames = {
  vanishingMean: 'min-gradient-mean',
  vanishingNorm: 'min-gradient-norm',
  vanishingRatio: 'min-gradient-ratio',
  explodingNorm: 'max-gradient-norm',
  explodingRatio: 'max-gradient-ratio',
  deadUnits: 'max-dead-units',
  saturatedLevel: 'max-activation',
  saturatedShare: 'max-saturated-share',
  updateRatioMost: 'max-update-ratio',
  updateRatioLeast: 'min-update-ratio',
  initialGainMost: 'max-initial-gain',
  initialGainLeast: 'min-initial-gain',
  lossPatience: 'max-loss-patience',
  lossFall: 'min-loss-fall',
  nearZero: 'min-divisor',
} as const satisfies Readonly<Record<keyof Thresholds, string>>;

export const thresholdNames = Object.keys(boundNames) as (keyof Thresholds)[];
