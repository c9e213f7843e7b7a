import type { OpName } from '../../ops/index.ts';
import { apply } from '../apply.ts';
import { type TensorLike, asTensor } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import type { Dims } from './arguments.ts';

/** A function that removes dimensions, or keeps them with size 1. */
const reduction =
  (op: OpName) =>
  (x: TensorLike, dim: Dims = null, keepdim = false): Tensor =>
    apply(op, [asTensor(x)], { dim, keepdim });

export const sum = reduction('sum');
export const mean = reduction('mean');
export const max = reduction('max');
export const min = reduction('min');
