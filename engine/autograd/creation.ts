import { defaultDtype } from '../tensor/dtype.ts';
import { ArgumentError, ShapeError, describeValue } from '../tensor/errors.ts';
import { type Shape, showShape } from '../tensor/shape.ts';
import { apply } from './apply.ts';
import {
  type RandomOptions,
  type TensorLike,
  type TensorOptions,
  asTensor,
  drawn,
  filledWith,
  full,
} from './create.ts';
import type { Tensor } from './tensor.ts';

/** Tensors that are made of a rule instead of nested arrays. */

/** Zeros of the shape and dtype of another tensor. */
export const zerosLike = (x: TensorLike, options: TensorOptions = {}): Tensor => like(x, 0, options);
/** Ones of the shape and dtype of another tensor. */
export const onesLike = (x: TensorLike, options: TensorOptions = {}): Tensor => like(x, 1, options);

function like(x: TensorLike, value: number, options: TensorOptions): Tensor {
  const { shape, dtype } = asTensor(x);
  return full(shape, value, { dtype, ...options });
}

/** A matrix with ones on its diagonal: rows × rows, or rows × columns. Options may follow the last number that is given. */
export function eye(rows: number, columns: number | TensorOptions = rows, options: TensorOptions = {}): Tensor {
  if (typeof columns === 'object') return eye(rows, rows, columns);
  const content = new Float64Array(lengthOf('eye', rows) * lengthOf('eye', columns));
  for (let i = 0; i < Math.min(rows, columns); i++) content[i * columns + i] = 1;
  return filledWith('eye', [rows, columns], () => content, options);
}

/**
 * start, start + step, … as long as they are before `end`; `arange(end)` starts at 0. As in PyTorch it is of int32 when
 * all three are whole numbers and `options` do not say otherwise. Options may follow the last number that is given.
 * @throws ShapeError when the step does not lead from start to end.
 */
export function arange(
  start: number,
  end?: number | null | TensorOptions,
  step: number | TensorOptions = 1,
  options: TensorOptions = {},
): Tensor {
  if (typeof end === 'object' && end !== null) return arange(start, null, 1, end);
  if (typeof step === 'object') return arange(start, end, 1, step);
  const [from, to] = end === undefined || end === null ? [0, start] : [start, end];
  const wrong = [from, to, step].find((number) => typeof number !== 'number');
  if (wrong !== undefined) throw new ArgumentError(`arange: takes numbers, not ${describeValue(wrong)}.`);
  const count = Math.ceil((to - from) / step);
  if (!Number.isFinite(count) || (to - from) * step < 0)
    throw new ShapeError(`arange: steps of ${step} do not lead from ${from} to ${to}.`);
  const whole = [from, to, step].every(Number.isInteger);
  const content = Float64Array.from({ length: count }, (_, i) => from + i * step);
  const dtype = whole && options.requiresGrad !== true ? 'int32' : defaultDtype();
  return filledWith('arange', [count], () => content, { dtype, ...options });
}

/** `steps` numbers from `start` to `end`, both included, equally far apart. */
export function linspace(start: number, end: number, steps: number, options: TensorOptions = {}): Tensor {
  const gap = (end - start) / (steps - 1);
  // From both ends to the middle: the last is `end` exactly.
  const content = Float64Array.from({ length: lengthOf('linspace', steps) }, (_, i) =>
    i < steps / 2 ? start + (i === 0 ? 0 : i * gap) : end - (steps - 1 - i) * gap,
  );
  return filledWith('linspace', [steps], () => content, options);
}

/** Numbers from `low` up to `high` (0 and 1 unless told otherwise), all equally likely. */
export const rand = (
  shape: Shape,
  { low = 0, high = 1, ...options }: RandomOptions & { readonly low?: number; readonly high?: number } = {},
): Tensor => drawn('rand', shape, low === 0 && high === 1 ? {} : { low, high }, options);

/** Whole numbers from `low` up to `high`, which is not among them; int32 unless told otherwise. @throws ShapeError when there are none. */
export function randint(low: number, high: number, shape: Shape, options: RandomOptions = {}): Tensor {
  if (Array.isArray(high))
    throw new ArgumentError(`randint: takes two ends and a shape: randint(0, ${low}, ${showShape(high as Shape)}).`);
  if (!Number.isInteger(low) || !Number.isInteger(high) || high <= low)
    throw new ShapeError(`randint: there is no whole number from ${low} up to, but not including, ${high}.`);
  return drawn('randint', shape, { low, high }, { dtype: 'int32', ...options });
}

/** The whole numbers from 0 up to `count` in random order, int32. */
export function randperm(count: number, options: Pick<RandomOptions, 'seed'> = {}): Tensor {
  lengthOf('randperm', count);
  return apply('argsort', [drawn('rand', [count], {}, { dtype: 'float64', ...options })], {
    dim: 0,
    descending: false,
  });
}

/**
 * For each class index a vector with 1 at its place: [...] gives [..., classes].
 * @param classes default: one more than the largest index.
 * @throws ShapeError when an index is no class.
 */
export function oneHot(indices: TensorLike, classes?: number | null, options: TensorOptions = {}): Tensor {
  const { data, shape } = asTensor(indices);
  const count = classes ?? Array.from(data).reduce((most, index) => Math.max(most, index + 1), 0);
  const content = new Float64Array(data.length * lengthOf('oneHot', count));
  for (let i = 0; i < data.length; i++) {
    const index = data[i]!;
    if (!Number.isInteger(index) || index < 0 || index >= count)
      throw new ShapeError(
        `oneHot: ${index}, at place ${i} of indices ${showShape(shape)}, is no class; there are ${count}, from 0.`,
      );
    content[i * count + index] = 1;
  }
  return filledWith('oneHot', [...shape, count], () => content, options);
}

function lengthOf(op: string, size: number): number {
  if (!Number.isSafeInteger(size) || size < 0)
    throw new ShapeError(`${op}: ${describeValue(size)} is no number of elements.`);
  return size;
}
