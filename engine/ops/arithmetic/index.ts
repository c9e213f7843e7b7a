import { abs } from './abs.ts';
import { add } from './add.ts';
import { clamp } from './clamp.ts';
import { div } from './div.ts';
import { maximum } from './maximum.ts';
import { minimum } from './minimum.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';
import { pow } from './pow.ts';
import { sign, step } from './sign.ts';
import { sqrt } from './sqrt.ts';
import { square } from './square.ts';
import { sub } from './sub.ts';

export const arithmetic = { abs, add, clamp, div, maximum, minimum, mul, neg, pow, sign, step, sqrt, square, sub };
