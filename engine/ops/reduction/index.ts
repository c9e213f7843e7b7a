import { argmax, argmin } from './arg-extremes.ts';
import { cumargmax, cumargmin } from './cum-extremes.ts';
import { cumprod } from './cumprod.ts';
import { cumsum } from './cumsum.ts';
import { logsumexp } from './logsumexp.ts';
import { max } from './max.ts';
import { mean } from './mean.ts';
import { min } from './min.ts';
import { norm } from './norm.ts';
import { prod } from './prod.ts';
import { recurrence } from './recurrence.ts';
import { share } from './share.ts';
import { sum } from './sum.ts';
import { all, any } from './truth.ts';
import { std, variance } from './variance.ts';

export const reduction = {
  all,
  any,
  argmax,
  argmin,
  cumargmax,
  cumargmin,
  cumprod,
  cumsum,
  logsumexp,
  max,
  mean,
  min,
  norm,
  prod,
  recurrence,
  share,
  std,
  sum,
  variance,
};
