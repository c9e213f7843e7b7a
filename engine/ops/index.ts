import { activation } from './activation/index.ts';
import { arithmetic } from './arithmetic/index.ts';
import { comparison } from './comparison/index.ts';
import { convolution } from './convolution/index.ts';
import { exponential } from './exponential/index.ts';
import { indexing } from './indexing/index.ts';
import { linearAlgebra } from './linear-algebra/index.ts';
import { reduction } from './reduction/index.ts';
import { shape } from './shape/index.ts';
import { sorting } from './sorting/index.ts';
import { trigonometric } from './trigonometric/index.ts';
import type { OpDefinition } from './define.ts';

const all = {
  ...arithmetic,
  ...exponential,
  ...trigonometric,
  ...activation,
  ...comparison,
  ...reduction,
  ...linearAlgebra,
  ...sorting,
  ...shape,
  ...convolution,
  ...indexing,
};

export type OpName = keyof typeof all;

/** Every op that a tape can hold. The only list: an op that is not in one of these groups does not exist. */
export const ops: Readonly<Record<string, OpDefinition>> = all;
