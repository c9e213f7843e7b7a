import { binaryCrossEntropy } from './binary-cross-entropy.ts';
import { erf } from './erf.ts';
import { erfc } from './erfc.ts';
import { exp } from './exp.ts';
import { exp2 } from './exp2.ts';
import { expm1 } from './expm1.ts';
import { digamma, lgamma, polygamma } from './gamma.ts';
import { log } from './log.ts';
import { log10 } from './log10.ts';
import { log1p } from './log1p.ts';
import { log2 } from './log2.ts';
import { logaddexp } from './logaddexp.ts';
import { xlogy } from './xlogy.ts';

export const exponential = {
  binaryCrossEntropy,
  digamma,
  erf,
  erfc,
  exp,
  exp2,
  expm1,
  lgamma,
  log,
  log10,
  log1p,
  log2,
  logaddexp,
  polygamma,
  xlogy,
};
