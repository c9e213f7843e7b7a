import { max } from './max.ts';
import { mean } from './mean.ts';
import { min } from './min.ts';
import { sum } from './sum.ts';

export const reduction = { max, mean, min, sum };
