import { exp } from './exp.ts';
import { log } from './log.ts';
import { xlogy } from './xlogy.ts';

export const exponential = { exp, log, xlogy };
