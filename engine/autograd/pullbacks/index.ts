import type { Pullback } from '../algebra.ts';
import { reductionPullbacks } from './reduction.ts';
import { shapePullbacks } from './shape.ts';

/** The functions of rules besides the ops. Described in `expression.ts`. */
export const pullbacks: Readonly<Record<string, Pullback>> = { ...reductionPullbacks, ...shapePullbacks };
