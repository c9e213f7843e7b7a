import { composite } from '../../ops/composite/composite.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { showShape } from '../../tensor/shape.ts';
import { apply } from '../apply.ts';
import { type TensorLike, asTensor } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import { type Size2d, pair } from './pairs.ts';
import { expand, reshape } from './shape.ts';

export interface PoolOptions {
  /** How far apart windows start. Default: the kernel, so that windows do not overlap. */
  readonly stride?: Size2d;
  /** Rows and columns around the input, on each side; at most half of the kernel. Default 0. */
  readonly padding?: Size2d;
}
export interface AvgPoolOptions extends PoolOptions {
  /** Whether padding counts as zeros in the mean. Default true, as in PyTorch. */
  readonly countIncludePad?: boolean;
}

const placing = (kernel: Size2d, { stride = kernel, padding = 0 }: PoolOptions) => ({
  kernel: pair(kernel),
  stride: pair(stride),
  padding: pair(padding),
});

/**
 * The largest element of each window.
 * @param x [N, C, H, W] or [C, H, W]
 * @returns the same with H' = ⌊(H + 2·padding − kernel) / stride⌋ + 1, and W' alike.
 * @throws ShapeError when no window fits, or padding is more than half of the kernel.
 */
export const maxPool2d = (x: TensorLike, kernel: Size2d, options: PoolOptions = {}): Tensor =>
  apply('maxPool2d', [asTensor(x)], placing(kernel, options));

/** The mean of each window. Shapes and errors are those of `maxPool2d`. */
export const avgPool2d = (x: TensorLike, kernel: Size2d, options: AvgPoolOptions = {}): Tensor =>
  apply('avgPool2d', [asTensor(x)], { ...placing(kernel, options), countIncludePad: options.countIncludePad ?? true });

/**
 * Every element repeated to a block of `scale` by `scale` elements.
 * @param x [N, C, H, W] or [C, H, W]
 * @param scale whole numbers
 */
export function upsampleNearest2d(x: TensorLike, scale: Size2d): Tensor {
  const image = asTensor(x);
  const [down, across] = pair(scale);
  const { shape } = image;
  if (shape.length < 3 || shape.length > 4)
    throw new ShapeError(`upsampleNearest2d: x ${showShape(shape)}: expected [N, C, H, W] or [C, H, W].`);
  for (const factor of [down, across]) {
    if (!Number.isSafeInteger(factor) || factor < 1)
      throw new ShapeError(`upsampleNearest2d: the scale must be whole numbers from 1, not ${factor}.`);
  }
  const [outer, height, width] = [shape.slice(0, -2), shape.at(-2)!, shape.at(-1)!];
  return composite('upsampleNearest2d', () => {
    const blocks = expand(reshape(image, [...outer, height, 1, width, 1]), [...outer, height, down, width, across]);
    return reshape(blocks, [...outer, height * down, width * across]);
  });
}
