import { apply } from '../apply.ts';
import { type TensorLike, asTensor } from '../create.ts';
import type { Tensor } from '../tensor.ts';

export interface SortOptions {
  /** From the largest to the smallest. Default false. */
  readonly descending?: boolean;
}

/** Places (int32) that sort x along a dimension. Equal elements keep their order; NaN counts as largest. */
export const argsort = (x: TensorLike, dim = -1, { descending = false }: SortOptions = {}): Tensor =>
  apply('argsort', [asTensor(x)], { dim, descending });
