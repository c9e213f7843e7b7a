import { abs } from './abs.ts';
import { add } from './add.ts';
import { ceil } from './ceil.ts';
import { clamp } from './clamp.ts';
import { div } from './div.ts';
import { floor } from './floor.ts';
import { hypot } from './hypot.ts';
import { lerp } from './lerp.ts';
import { maximum } from './maximum.ts';
import { minimum } from './minimum.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';
import { pow } from './pow.ts';
import { reciprocal } from './reciprocal.ts';
import { remainder } from './remainder.ts';
import { round } from './round.ts';
import { rsqrt } from './rsqrt.ts';
import { sign, step } from './sign.ts';
import { sqrt } from './sqrt.ts';
import { square } from './square.ts';
import { sub } from './sub.ts';

export const arithmetic = {
  abs,
  add,
  ceil,
  clamp,
  div,
  floor,
  hypot,
  lerp,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  reciprocal,
  remainder,
  round,
  rsqrt,
  sign,
  sqrt,
  square,
  step,
  sub,
};
