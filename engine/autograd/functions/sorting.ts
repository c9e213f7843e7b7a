import { apply } from '../apply.ts';
import type { TensorLike } from '../create.ts';
import { optionsOf } from '../options.ts';
import type { Tensor } from '../tensor.ts';
import { operand } from './arguments.ts';

export interface SortOptions {
  /** From the largest to the smallest. Default false. */
  readonly descending?: boolean;
}

/** Places (int32) that sort x along a dimension. Equal elements keep their order; NaN counts as largest. */
export const argsort = (x: TensorLike, dim = -1, options?: SortOptions): Tensor =>
  apply('argsort', [operand('argsort', x)], { dim, ...optionsOf('argsort', options, { descending: false }) });
