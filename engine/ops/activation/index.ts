import { celu, elu, selu } from './exponential-units.ts';
import { gelu } from './gelu.ts';
import { hardsigmoid, hardswish, hardtanh } from './hard.ts';
import { leakyRelu } from './leaky-relu.ts';
import { logSigmoid } from './log-sigmoid.ts';
import { mish } from './mish.ts';
import { relu } from './relu.ts';
import { relu6 } from './relu6.ts';
import { sigmoid } from './sigmoid.ts';
import { silu } from './silu.ts';
import { softplus } from './softplus.ts';
import { softsign } from './softsign.ts';
import { tanh } from './tanh.ts';

export const activation = {
  celu,
  elu,
  gelu,
  hardsigmoid,
  hardswish,
  hardtanh,
  leakyRelu,
  logSigmoid,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  softsign,
  tanh,
};
