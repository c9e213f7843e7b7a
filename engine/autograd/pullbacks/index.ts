import type { Pullback } from '../algebra.ts';
import { convolutionPullbacks } from './convolution.ts';
import { linearAlgebraPullbacks } from './linear-algebra.ts';
import { indexingPullbacks } from './indexing.ts';
import { poolingPullbacks } from './pooling.ts';
import { reductionPullbacks } from './reduction.ts';
import { scanPullbacks } from './scan.ts';
import { shapePullbacks } from './shape.ts';

/** The functions of rules besides the ops. Described in `expression.ts`. */
export const pullbacks: Readonly<Record<string, Pullback>> = {
  ...reductionPullbacks,
  ...scanPullbacks,
  ...linearAlgebraPullbacks,
  ...shapePullbacks,
  ...convolutionPullbacks,
  ...poolingPullbacks,
  ...indexingPullbacks,
};
