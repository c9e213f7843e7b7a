import { abs } from './abs.ts';
import { add } from './add.ts';
import { clamp } from './clamp.ts';
import { equal, greater, greaterEqual, less, lessEqual } from './comparisons.ts';
import { cos } from './cos.ts';
import type { OpDefinition } from './define.ts';
import { detach } from './detach.ts';
import { div } from './div.ts';
import { exp } from './exp.ts';
import { leakyRelu } from './leaky-relu.ts';
import { log } from './log.ts';
import { matmul } from './matmul.ts';
import { maximum } from './maximum.ts';
import { minimum } from './minimum.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';
import { pow } from './pow.ts';
import { max, mean, min, sum } from './reductions.ts';
import { relu } from './relu.ts';
import { cat, embed, expand, reshape, slice, transpose } from './shapes.ts';
import { sigmoid } from './sigmoid.ts';
import { sign, step } from './sign.ts';
import { sin } from './sin.ts';
import { softplus } from './softplus.ts';
import { sqrt } from './sqrt.ts';
import { square } from './square.ts';
import { sub } from './sub.ts';
import { tanh } from './tanh.ts';
import { where } from './where.ts';
import { xlogy } from './xlogy.ts';

const all = {
  add,
  sub,
  mul,
  div,
  pow,
  neg,
  exp,
  log,
  sqrt,
  abs,
  square,
  sin,
  cos,
  tanh,
  sigmoid,
  relu,
  leakyRelu,
  softplus,
  maximum,
  minimum,
  clamp,
  where,
  xlogy,
  sign,
  step,
  greater,
  greaterEqual,
  less,
  lessEqual,
  equal,
  detach,
  sum,
  mean,
  max,
  min,
  matmul,
  transpose,
  reshape,
  expand,
  slice,
  embed,
  cat,
};

export type OpName = keyof typeof all;

/** Every op that a tape can hold. The only list: an op that is not here does not exist. */
export const ops: Readonly<Record<string, OpDefinition>> = all;
