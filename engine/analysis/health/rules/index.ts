import type { Rule } from '../rule.ts';
import { deadRelu } from './dead-relu.ts';
import { divisionNearZero } from './division-near-zero.ts';
import { explodingGradient } from './exploding-gradient.ts';
import { initialScale } from './initial-scale.ts';
import { lossNotFalling } from './loss-not-falling.ts';
import { notFinite } from './not-finite.ts';
import { nullGradient } from './null-gradient.ts';
import { saturatedActivation } from './saturated-activation.ts';
import { silentBroadcast } from './silent-broadcast.ts';
import { expOverflow, logOfSoftmax, sigmoidThenBce } from './unsafe-forms.ts';
import { unusedParameter } from './unused-parameter.ts';
import { updateRatio } from './update-ratio.ts';
import { vanishingGradient } from './vanishing-gradient.ts';
import { zeroGradient } from './zero-gradient.ts';

/** The only list of rules, in the order in which their findings are told. */
export const rules: readonly Rule[] = [
  notFinite,
  nullGradient,
  unusedParameter,
  zeroGradient,
  vanishingGradient,
  explodingGradient,
  deadRelu,
  saturatedActivation,
  initialScale,
  updateRatio,
  lossNotFalling,
  logOfSoftmax,
  sigmoidThenBce,
  expOverflow,
  divisionNearZero,
  silentBroadcast,
];
