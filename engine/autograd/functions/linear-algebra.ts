import { apply } from '../apply.ts';
import type { TensorLike } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import { together } from './arguments.ts';
import { reshape, unsqueeze } from './shape.ts';

/**
 * Matrix product; leading dimensions broadcast. A vector stands for a row on the left and a column on the right, and its
 * dimension goes again, as in PyTorch.
 */
export function matmul(a: TensorLike, b: TensorLike): Tensor {
  const [first, second] = together(a, b);
  const row = first.shape.length === 1;
  const column = second.shape.length === 1;
  const product = apply('matmul', [row ? unsqueeze(first, 0) : first, column ? unsqueeze(second, 1) : second]);
  if (!row && !column) return product;
  const rank = product.shape.length;
  return reshape(
    product,
    product.shape.filter((_, i) => !(row && i === rank - 2) && !(column && i === rank - 1)),
  );
}
