import { crossEntropy, nllLoss } from './classification.ts';
import type { ClosedForm } from './closed-form.ts';
import { bceWithLogits, dropout, huberLoss, smoothL1Loss } from './losses.ts';
import { standardisation } from './normalisation.ts';
import { logSoftmax, softmax } from './softmax.ts';

export type { Closed, ClosedForm, Composite, Named } from './closed-form.ts';

/** By the composite's name. All others are written as what their parts make together, or open into them. */
export const closedForms: Readonly<Record<string, ClosedForm>> = {
  softmax,
  logSoftmax,
  crossEntropy,
  nllLoss,
  bceWithLogits,
  huberLoss,
  smoothL1Loss,
  dropout,
  layerNorm: standardisation,
  batchNorm: standardisation,
};
