import { apply } from '../../autograd/apply.ts';
import { type TensorLike, asTensor } from '../../autograd/create.ts';
import { transpose, where } from '../../autograd/functions/index.ts';
import { optionsOf } from '../../autograd/options.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { ArgumentError, describeValue } from '../../tensor/errors.ts';
import { dimensionOf } from '../../tensor/shape.ts';
import { laneDimension } from '../lane.ts';
import { composite } from './composite.ts';
import { constant } from './constant.ts';
import type { Sorted } from './sorting.ts';

const running =
  (name: string, op: 'cumargmax' | 'cumargmin') =>
  (x: TensorLike, dim: number): Sorted =>
    composite(name, () => {
      const given = asTensor(x, undefined, name);
      laneDimension(name, dim, given.shape.length);
      const indices = apply(op, [given], { dim });
      return { values: apply('gather', [given, indices], { dim }), indices };
    });

/** The largest element up to each one along a dimension, and its place (int32), of equals the last. The gradient goes to these places. */
export const cummax = running('cummax', 'cumargmax');
/** The smallest element up to each one along a dimension, and its place (int32), of equals the last. The gradient goes to these places. */
export const cummin = running('cummin', 'cumargmin');

/**
 * ln Σ e^xₖ over all k up to each place along a dimension, without overflow or underflow. Of n places n² numbers are made on the way.
 */
export const logcumsumexp = (x: TensorLike, dim: number): Tensor =>
  composite('logcumsumexp', () => {
    const given = asTensor(x, undefined, 'logcumsumexp');
    const { shape } = given;
    const d = laneDimension('logcumsumexp', dim, shape.length);
    if (given.size === 0 || shape.length === 0) return given.add(0);
    const lanes = transpose(given, d, -1);
    const length = shape[d]!;
    const upTo = Uint8Array.from({ length: length ** 2 }, (_, i) => Number(i % length <= Math.floor(i / length)));
    const rows = where(constant(upTo, [length, length], 'bool'), lanes.unsqueeze(-2), -Infinity);
    return transpose(rows.logsumexp(-1), d, -1);
  });

export interface DiffOptions {
  /** How often. Default 1. */
  readonly n?: number;
  /** Default −1. */
  readonly dim?: number;
}

/** Each element less the one before it along a dimension, which gets shorter by one. @throws ArgumentError for an n that is no count. */
export const diff = (x: TensorLike, options?: DiffOptions): Tensor =>
  composite('diff', () => {
    const { n, dim } = optionsOf<Required<DiffOptions>>('diff', options, { n: 1, dim: -1 });
    if (!Number.isSafeInteger(n) || n < 0)
      throw new ArgumentError(`diff: n must be a whole number from 0, not ${describeValue(n)}.`);
    let found = asTensor(x, undefined, 'diff');
    const d = dimensionOf('diff', dim, found.shape.length);
    // A tensor of its own, also of no differences.
    if (n === 0 || found.shape[d] === 0) return found.add(0);
    for (let i = 0; i < n && found.shape[d] !== 0; i++) found = found.slice(d, 1).sub(found.slice(d, 0, -1));
    return found;
  });
