import { composite } from '../../ops/composite/composite.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { showShape } from '../../tensor/shape.ts';
import type { TensorLike } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import { operand } from './arguments.ts';
import { constantOf } from './index-arguments.ts';
import { matmul } from './linear-algebra.ts';
import { type Size2d, pair } from './pairs.ts';

/**
 * The means of as many windows as are asked for, however large x is; 1 is the mean of each whole picture.
 * Window i of n along an axis of size s goes from ⌊i·s/n⌋ up to ⌈(i + 1)·s/n⌉, as in PyTorch.
 * @param x [N, C, H, W] or [C, H, W]
 * @returns the same with the sizes asked for in place of H and W.
 */
export function adaptiveAvgPool2d(x: TensorLike, outputSize: Size2d): Tensor {
  const image = operand('adaptiveAvgPool2d', x);
  const { shape, dtype } = image;
  const [rows, columns] = pair(outputSize);
  if (shape.length < 3 || shape.length > 4)
    throw new ShapeError(`adaptiveAvgPool2d: x ${showShape(shape)}: expected [N, C, H, W] or [C, H, W].`);
  if (![rows, columns].every((size) => Number.isSafeInteger(size) && size > 0))
    throw new ShapeError(`adaptiveAvgPool2d: the output size must be whole numbers from 1, not ${String(outputSize)}.`);
  const averaging = (size: number, count: number): Tensor =>
    constantOf(meansOf(size, count), [count, size], dtype === 'float64' ? dtype : 'float32');
  return composite('adaptiveAvgPool2d', () =>
    matmul(matmul(averaging(shape.at(-2)!, rows), image), averaging(shape.at(-1)!, columns).mT),
  );
}

/** A matrix [count, size] that takes the mean of each window. */
function meansOf(size: number, count: number): Float64Array {
  const matrix = new Float64Array(count * size);
  for (let i = 0; i < count; i++) {
    const [from, to] = [Math.floor((i * size) / count), Math.ceil(((i + 1) * size) / count)];
    matrix.fill(1 / (to - from), i * size + from, i * size + to);
  }
  return matrix;
}
