import type { Algebra } from './algebra.ts';
import { apply } from './apply.ts';
import { tensor } from './create.ts';
import type { Tensor } from './tensor.ts';

/** Rules over tensors: their ops are recorded while recording is on. */
export const tensorAlgebra: Algebra<Tensor> = { apply, number: (value, dtype) => tensor(value, { dtype }) };
