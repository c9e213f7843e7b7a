import { apply } from './apply.ts';
import type { Tensor } from './tensor.ts';

/** The op takes matrices only; a vector becomes one for the product, and its dimension goes again. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  const row = a.shape.length === 1;
  const column = b.shape.length === 1;
  const product = apply('matmul', [row ? a.unsqueeze(0) : a, column ? b.unsqueeze(1) : b]);
  if (!row && !column) return product;
  const rank = product.shape.length;
  return product.reshape(product.shape.filter((_, i) => !(row && i === rank - 2) && !(column && i === rank - 1)));
}
