import type { TensorLike } from '../../autograd/create.ts';
import { together } from '../../autograd/functions/arguments.ts';
import { optionsOf } from '../../autograd/options.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { showShape } from '../../tensor/shape.ts';
import { composite } from './composite.ts';

export interface CdistOptions {
  /** Of the norm. Default 2. */
  readonly p?: number;
}

/**
 * The distance of each row of a from each row of b: [..., n, k] and [..., m, k] give [..., n, m]. Leading dimensions broadcast.
 * Where a distance is 0, so is its gradient. @throws ShapeError when rows are not of one length.
 */
export const cdist = (a: TensorLike, b: TensorLike, options?: CdistOptions): Tensor =>
  composite('cdist', () => {
    const { p } = optionsOf('cdist', options, { p: 2 });
    const [first, second] = together('cdist', a, b);
    const [left, right] = [first.shape, second.shape];
    if (left.length < 2 || right.length < 2 || left.at(-1) !== right.at(-1))
      throw new ShapeError(
        `cdist: ${showShape(left)} and ${showShape(right)}: expected [..., n, k] and [..., m, k], rows of one length.`,
      );
    return first.unsqueeze(-2).sub(second.unsqueeze(-3)).norm({ p, dim: -1 });
  });
