import { composite } from '../../ops/composite/composite.ts';
import { ShapeError } from '../../tensor/errors.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { showShape } from '../../tensor/shape.ts';
import { apply } from '../apply.ts';
import type { TensorLike } from '../create.ts';
import { checkOptions } from '../options.ts';
import type { Tensor } from '../tensor.ts';
import { operand } from './arguments.ts';
import { type Size1d, type Size2d, pair, rowOf } from './pairs.ts';
import { expand, reshape, squeeze, unsqueeze } from './shape.ts';

interface Pooling<Size> {
  /** How far apart windows start. Default (null): the kernel, so that windows do not overlap. */
  readonly stride?: Size | null;
  /** Rows and columns around the input, on each side; at most half of the kernel. Default 0. */
  readonly padding?: Size;
  /** Whether a last window that reaches beyond the end counts: ⌈…⌉ instead of ⌊…⌋. Default false. */
  readonly ceilMode?: boolean;
}
interface MaxPooling<Size> extends Pooling<Size> {
  /** How far apart a window's elements lie. Default 1. */
  readonly dilation?: Size;
}
interface AvgPooling<Size> extends Pooling<Size> {
  /** Whether padding counts as zeros in the mean. Default true, as in PyTorch. */
  readonly countIncludePad?: boolean;
}
export type MaxPoolOptions = MaxPooling<Size2d>;
export type MaxPool1dOptions = MaxPooling<Size1d>;
export type AvgPoolOptions = AvgPooling<Size2d>;
export type AvgPool1dOptions = AvgPooling<Size1d>;

const maxOptions = ['stride', 'padding', 'dilation', 'ceilMode'];
const avgOptions = ['stride', 'padding', 'ceilMode', 'countIncludePad'];

/** What is not said is not recorded, but for what every window needs. */
function placing(kernel: Size2d, { stride, padding = 0, dilation = 1, ceilMode = false }: MaxPoolOptions): Attributes {
  return {
    kernel: pair(kernel),
    stride: pair(stride ?? kernel),
    padding: pair(padding),
    ...(pair(dilation).every((step) => step === 1) ? {} : { dilation: pair(dilation) }),
    ...(ceilMode ? { ceilMode } : {}),
  };
}

/**
 * The largest element of each window.
 * @param x [N, C, H, W] or [C, H, W]
 * @returns the same with H' = ⌊(H + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1, and W' alike.
 * @throws ShapeError when no window fits, or padding is more than half of the kernel.
 */
export function maxPool2d(x: TensorLike, kernel: Size2d, options: MaxPoolOptions = {}): Tensor {
  checkOptions('maxPool2d', options, maxOptions);
  return apply('maxPool2d', [operand('maxPool2d', x)], placing(kernel, options));
}

/** The mean of each window. Shapes and errors are those of `maxPool2d`. */
export function avgPool2d(x: TensorLike, kernel: Size2d, options: AvgPoolOptions = {}): Tensor {
  checkOptions('avgPool2d', options, avgOptions);
  const attributes = { ...placing(kernel, options), countIncludePad: options.countIncludePad ?? true };
  return apply('avgPool2d', [operand('avgPool2d', x)], attributes);
}

/**
 * The largest element of each window along one axis.
 * @param x [N, C, L] or [C, L]
 * @returns the same with L' = ⌊(L + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.
 */
export function maxPool1d(x: TensorLike, kernel: Size1d, options: MaxPool1dOptions = {}): Tensor {
  checkOptions('maxPool1d', options, maxOptions);
  const dilation = rowOf(options.dilation ?? 1, 1);
  return along('maxPool1d', x, (row) => maxPool2d(row, rowOf(kernel, 1), { ...asRow(kernel, options), dilation }));
}

/** The mean of each window along one axis. Shapes are those of `maxPool1d`. */
export function avgPool1d(x: TensorLike, kernel: Size1d, options: AvgPool1dOptions = {}): Tensor {
  checkOptions('avgPool1d', options, avgOptions);
  const countIncludePad = options.countIncludePad ?? true;
  return along('avgPool1d', x, (row) =>
    avgPool2d(row, rowOf(kernel, 1), { ...asRow(kernel, options), countIncludePad }),
  );
}

const asRow = (kernel: Size1d, { stride, padding = 0, ceilMode = false }: Pooling<Size1d>): Pooling<Size2d> => ({
  stride: rowOf(stride ?? kernel, 1),
  padding: rowOf(padding, 0),
  ceilMode,
});

/** Pooling of a picture that is one row high. */
function along(name: string, x: TensorLike, pool: (row: Tensor) => Tensor): Tensor {
  const line = operand(name, x);
  if (line.shape.length !== 2 && line.shape.length !== 3)
    throw new ShapeError(`${name}: x ${showShape(line.shape)}: expected [N, C, L] or [C, L].`);
  return composite(name, () => squeeze(pool(unsqueeze(line, -2)), -2));
}

/**
 * Every element repeated to a block of `scale` by `scale` elements.
 * @param x [N, C, H, W] or [C, H, W]
 * @param scale whole numbers
 */
export function upsampleNearest2d(x: TensorLike, scale: Size2d): Tensor {
  const image = operand('upsampleNearest2d', x);
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
