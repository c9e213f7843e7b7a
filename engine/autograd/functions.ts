import { ShapeError } from '../tensor/errors.ts';
import { apply } from './apply.ts';
import { type TensorLike, asTensor } from './create.ts';
import type { Dims, Tensor } from './tensor.ts';
import type { Shape } from '../tensor/shape.ts';

/** The ops as functions. Each is the method of the same name; see there and `engine/ops`. */

/** Both as tensors; a plain number takes the dtype of the tensor it meets, on whichever side it stands. */
const both = (a: TensorLike, b: TensorLike): [Tensor, Tensor] => {
  const plain = (value: TensorLike): boolean =>
    typeof value === 'number' || typeof value === 'boolean' || !('handle' in value);
  const second = plain(b) ? null : asTensor(b);
  const first = second && plain(a) ? asTensor(a, second) : asTensor(a);
  return [first, second ?? asTensor(b, first)];
};

export const add = (a: TensorLike, b: TensorLike): Tensor => apply('add', both(a, b));
export const sub = (a: TensorLike, b: TensorLike): Tensor => apply('sub', both(a, b));
export const mul = (a: TensorLike, b: TensorLike): Tensor => apply('mul', both(a, b));
export const div = (a: TensorLike, b: TensorLike): Tensor => apply('div', both(a, b));
export const pow = (a: TensorLike, b: TensorLike): Tensor => apply('pow', both(a, b));
export const maximum = (a: TensorLike, b: TensorLike): Tensor => apply('maximum', both(a, b));
export const minimum = (a: TensorLike, b: TensorLike): Tensor => apply('minimum', both(a, b));
export const greater = (a: TensorLike, b: TensorLike): Tensor => apply('greater', both(a, b));
export const greaterEqual = (a: TensorLike, b: TensorLike): Tensor => apply('greaterEqual', both(a, b));
export const less = (a: TensorLike, b: TensorLike): Tensor => apply('less', both(a, b));
export const lessEqual = (a: TensorLike, b: TensorLike): Tensor => apply('lessEqual', both(a, b));
export const equal = (a: TensorLike, b: TensorLike): Tensor => apply('equal', both(a, b));
export function matmul(a: TensorLike, b: TensorLike): Tensor {
  const [first, second] = both(a, b);
  return first.matmul(second);
}
export const where = (condition: TensorLike, a: TensorLike, b: TensorLike): Tensor =>
  apply('where', [asTensor(condition), ...both(a, b)]);

export const neg = (x: TensorLike): Tensor => asTensor(x).neg();
export const exp = (x: TensorLike): Tensor => asTensor(x).exp();
export const log = (x: TensorLike): Tensor => asTensor(x).log();
export const sqrt = (x: TensorLike): Tensor => asTensor(x).sqrt();
export const abs = (x: TensorLike): Tensor => asTensor(x).abs();
export const square = (x: TensorLike): Tensor => asTensor(x).square();
export const sin = (x: TensorLike): Tensor => asTensor(x).sin();
export const cos = (x: TensorLike): Tensor => asTensor(x).cos();
export const tanh = (x: TensorLike): Tensor => asTensor(x).tanh();
export const sigmoid = (x: TensorLike): Tensor => asTensor(x).sigmoid();
export const relu = (x: TensorLike): Tensor => asTensor(x).relu();
export const sign = (x: TensorLike): Tensor => asTensor(x).sign();
export const leakyRelu = (x: TensorLike, negativeSlope?: number): Tensor => asTensor(x).leakyRelu(negativeSlope);
export const softplus = (x: TensorLike, options?: { beta?: number; threshold?: number }): Tensor =>
  asTensor(x).softplus(options);
export const clamp = (x: TensorLike, min: number | null = null, max: number | null = null): Tensor =>
  asTensor(x).clamp(min, max);
export const detach = (x: TensorLike): Tensor => asTensor(x).detach();

export const sum = (x: TensorLike, dim: Dims = null, keepdim = false): Tensor => asTensor(x).sum(dim, keepdim);
export const mean = (x: TensorLike, dim: Dims = null, keepdim = false): Tensor => asTensor(x).mean(dim, keepdim);
export const max = (x: TensorLike, dim: Dims = null, keepdim = false): Tensor => asTensor(x).max(dim, keepdim);
export const min = (x: TensorLike, dim: Dims = null, keepdim = false): Tensor => asTensor(x).min(dim, keepdim);

export const transpose = (x: TensorLike, dim0?: number, dim1?: number): Tensor => asTensor(x).transpose(dim0, dim1);
export const reshape = (x: TensorLike, shape: Shape): Tensor => asTensor(x).reshape(shape);
export const expand = (x: TensorLike, shape: Shape): Tensor => asTensor(x).expand(shape);
export const slice = (x: TensorLike, dim: number, start: number, end: number | null = null, step = 1): Tensor =>
  asTensor(x).slice(dim, start, end, step);

/** Joins tensors along a dimension that they have. */
export const cat = (parts: readonly TensorLike[], dim = 0): Tensor =>
  apply(
    'cat',
    parts.map((part) => asTensor(part)),
    { dim },
  );

/** Joins tensors of one shape along a new dimension. */
export function stack(parts: readonly TensorLike[], dim = 0): Tensor {
  if (parts.length === 0) throw new ShapeError('stack: needs at least one tensor.');
  return cat(
    parts.map((part) => asTensor(part).unsqueeze(dim)),
    dim,
  );
}
