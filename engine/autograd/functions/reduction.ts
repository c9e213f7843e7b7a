import { ShapeError } from '../../tensor/errors.ts';
import type { OpName } from '../../ops/index.ts';
import { apply } from '../apply.ts';
import type { TensorLike } from '../create.ts';
import { superfluous } from '../misuse.ts';
import { optionsOf } from '../options.ts';
import { pureFunction } from '../shortcuts.ts';
import type { Tensor } from '../tensor.ts';
import { type Dims, operand } from './arguments.ts';

/** A function that removes dimensions, or keeps them with size 1. */
const reduction = (op: OpName) =>
  pureFunction((x: TensorLike, dim: Dims = null, keepdim = false): Tensor =>
    apply(op, [operand(op, x)], { dim, keepdim }),
  );

export const sum = reduction('sum');
/** Arithmetic mean. Of no elements it is NaN, as in PyTorch. */
export const mean = reduction('mean');
/** Product. Its gradient is right where elements are 0. */
export const prod = reduction('prod');
/** Largest element; equal ones share the gradient evenly (PyTorch's `amax`). @throws ShapeError without elements. */
export const max = reduction('max');
/** Smallest element; equal ones share the gradient evenly (PyTorch's `amin`). @throws ShapeError without elements. */
export const min = reduction('min');
/** ln Σ e^x without overflow. */
export const logsumexp = reduction('logsumexp');
/** Whether no element is 0: a tensor of bool. */
export const all = reduction('all');
/** Whether an element is not 0: a tensor of bool. */
export const any = reduction('any');

/** `unbiased`: divide by n − 1 (Bessel's correction). */
export interface SpreadOptions {
  readonly unbiased?: boolean;
  readonly keepdim?: boolean;
}

const spread =
  (op: OpName) =>
  (x: TensorLike, dim: Dims = null, options?: SpreadOptions): Tensor =>
    apply(op, [operand(op, x)], { dim, ...optionsOf(op, options, { unbiased: true, keepdim: false }) });

/** Variance, unbiased unless told otherwise. Of fewer than two elements it is NaN then, as in PyTorch. */
export const variance = spread('variance');
/** Standard deviation, unbiased unless told otherwise. Its gradient is 0 where all elements are equal. */
export const std = spread('std');

export interface NormOptions {
  /** Default 2. Infinity: the largest |x|; −Infinity: the smallest; 0: how many are not 0. */
  readonly p?: number;
  readonly dim?: Dims;
  readonly keepdim?: boolean;
}

/** Vector norm (Σ |x|^p)^(1/p) over the dimensions. Where it is 0, so is its gradient. */
export function norm(x: TensorLike, options?: NormOptions): Tensor {
  const { p, dim, keepdim } = optionsOf<Required<NormOptions>>('norm', options, { p: 2, dim: null, keepdim: false });
  const vector = operand('norm', x);
  if (Number.isNaN(p)) throw new ShapeError('norm: p is NaN; it must be a number or ±Infinity.');
  // Of nothing every norm is 0.
  if (vector.size === 0) return apply('norm', [vector], { p: 1, dim, keepdim });
  // |sign x| is 1 where x is not 0, and has a gradient, which is 0.
  if (p === 0) return sum(apply('abs', [apply('sign', [vector])]), dim, keepdim);
  if (p === Infinity) return max(apply('abs', [vector]), dim, keepdim);
  if (p === -Infinity) return min(apply('abs', [vector]), dim, keepdim);
  return apply('norm', [vector], { p, dim, keepdim });
}

const running =
  (op: 'cumsum' | 'cumprod') =>
  (x: TensorLike, dim: number, ...none: never[]): Tensor => {
    // TensorFlow.js' `exclusive` and `reverse`, which may be false.
    const setting: unknown = none.find(Boolean);
    if (setting !== undefined) throw superfluous(op, setting);
    return apply(op, [operand(op, x)], { dim });
  };

/** Running sums along a dimension. */
export const cumsum = running('cumsum');

/** Running products along a dimension. Its gradient is right where elements are 0. */
export const cumprod = running('cumprod');

const place =
  (op: OpName) =>
  (x: TensorLike, dim: number | null = null, keepdim = false): Tensor =>
    apply(op, [operand(op, x)], { dim, keepdim });

/** Place (int32) of the largest element along a dimension, of all when null; the first of equals. NaN counts as largest. */
export const argmax = place('argmax');
/** Place (int32) of the smallest element along a dimension, of all when null; the first of equals. NaN counts as smallest. */
export const argmin = place('argmin');
