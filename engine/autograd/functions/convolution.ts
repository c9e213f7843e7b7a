import { composite } from '../../ops/composite/composite.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { showShape } from '../../tensor/shape.ts';
import { apply } from '../apply.ts';
import type { TensorLike } from '../create.ts';
import { checkOptions } from '../options.ts';
import type { Tensor } from '../tensor.ts';
import { together } from './arguments.ts';
import {
  type Conv1dOptions,
  type Conv2dOptions,
  type ConvolutionOptions,
  biased,
  convolutionOptions,
  padded,
  placing,
} from './convolution-options.ts';
import { type Size2d, pair, rowOf } from './pairs.ts';
import { pad } from './rearrange.ts';
import { squeeze, unsqueeze } from './shape.ts';

export type { Conv1dOptions, Conv2dOptions } from './convolution-options.ts';
export interface ConvTranspose2dOptions extends ConvolutionOptions<Size2d> {
  /** Rows and columns more at the end, less than the stride or the dilation: strides leave open how large the input of a convolution was. Default 0. */
  readonly outputPadding?: Size2d;
}

/**
 * Cross-correlation of x with filters w, plus a number for each filter.
 * @param x [N, C, H, W], or [C, H, W] for one picture
 * @param w [O, C / groups, kH, kW]
 * @param bias [O]
 * @returns [N, O, H', W'] (without N as x is), H' = ⌊(H + 2·padding − dilation·(kH − 1) − 1) / stride⌋ + 1.
 * @throws ShapeError when the shapes do not go together or no window fits.
 */
export function conv2d(
  x: TensorLike,
  w: TensorLike,
  bias: TensorLike | null = null,
  options: Conv2dOptions = {},
): Tensor {
  checkOptions('conv2d', options, convolutionOptions);
  const [given, filters] = together('conv2d', x, w);
  if (given.shape.length === 4 && filters.shape.length === 4 && typeof options.padding !== 'string' && bias === null)
    return apply('conv2d', [given, filters], { ...placing(options as ConvolutionOptions<Size2d>) });
  const alone = given.shape.length === 3 && filters.shape.length === 4;
  return composite('conv2d', () => {
    const one = alone ? unsqueeze(given, 0) : given;
    const { image, placed } = padded('conv2d', one, filters.shape, options);
    const filtered = biased('conv2d', apply('conv2d', [image, filters], { ...placed }), bias);
    return alone ? squeeze(filtered, 0) : filtered;
  });
}

/**
 * The same along one axis.
 * @param x [N, C, L], or [C, L] for one row
 * @param w [O, C / groups, k]
 * @param bias [O]
 * @returns [N, O, L'] (without N as x is)
 */
export function conv1d(
  x: TensorLike,
  w: TensorLike,
  bias: TensorLike | null = null,
  options: Conv1dOptions = {},
): Tensor {
  checkOptions('conv1d', options, convolutionOptions);
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = options;
  const [line, filters] = together('conv1d', x, w);
  const rank = line.shape.length;
  if ((rank !== 3 && rank !== 2) || filters.shape.length !== 3) {
    throw new ShapeError(
      `conv1d: x ${showShape(line.shape)} and w ${showShape(filters.shape)}: expected x [N, C, L] or [C, L], and w [O, C / groups, k].`,
    );
  }
  return composite('conv1d', () => {
    const placed2d: Conv2dOptions = {
      stride: rowOf(stride, 1),
      padding: typeof padding === 'string' ? padding : rowOf(padding, 0),
      dilation: rowOf(dilation, 1),
      groups,
    };
    const batch = rank === 3 ? line : unsqueeze(line, 0);
    const rows = unsqueeze(filters, 2);
    const { image, placed } = padded('conv1d', unsqueeze(batch, 2), rows.shape, placed2d);
    const filtered = biased('conv1d', squeeze(apply('conv2d', [image, rows], { ...placed }), 2), bias);
    return rank === 3 ? filtered : squeeze(filtered, 0);
  });
}

/**
 * The transpose of `conv2d` (not its inverse): every element of x adds its filter to the output, `stride` apart.
 * @param x [N, C, H, W], or [C, H, W] for one picture
 * @param w [C, O / groups, kH, kW]
 * @param bias [O]
 * @returns [N, O, H', W'] (without N as x is), H' = (H − 1)·stride − 2·padding + dilation·(kH − 1) + outputPadding + 1.
 */
export function convTranspose2d(
  x: TensorLike,
  w: TensorLike,
  bias: TensorLike | null = null,
  options: ConvTranspose2dOptions = {},
): Tensor {
  checkOptions('convTranspose2d', options, [...convolutionOptions, 'outputPadding']);
  const [given, filters] = together('convTranspose2d', x, w);
  const alone = given.shape.length === 3;
  return composite('convTranspose2d', () => {
    const image = alone ? unsqueeze(given, 0) : given;
    const { attributes, margins } = transposedPlacing(given, image, filters, options);
    const laid = apply('conv2dInput', [image, filters], attributes);
    const spread = biased('convTranspose2d', margins ? pad(laid, margins) : laid, bias);
    return alone ? squeeze(spread, 0) : spread;
  });
}

/**
 * The attributes of the convolution of which this is the transpose: the shape of its input among them. A convolution whose
 * input is longer by a whole stride or more would have a longer output too: then the filters are laid down without padding, and
 * `margins` cut off and put on what is asked for.
 * @throws ShapeError
 */
function transposedPlacing(
  given: Tensor,
  image: Tensor,
  filters: Tensor,
  { outputPadding = 0, ...options }: ConvTranspose2dOptions,
) {
  const problem = (why: string): ShapeError =>
    new ShapeError(`convTranspose2d: x ${showShape(given.shape)} and w ${showShape(filters.shape)}: ${why}`);
  if (image.shape.length !== 4 || filters.shape.length !== 4 || image.shape[1] !== filters.shape[0])
    throw problem('expected x [N, C, H, W] or [C, H, W], and w [C, O / groups, kH, kW].');
  const { stride, padding, dilation, groups } = placing(options);
  const [height, width] = [0, 1].map((axis) => {
    const [step, apart, rest] = [stride[axis]!, dilation[axis]!, pair(outputPadding)[axis]!];
    if (!Number.isInteger(rest) || rest < 0 || (rest >= step && rest >= apart))
      throw problem(
        `outputPadding ${rest} must be a whole number below the stride or the dilation, which are ${step} and ${apart}.`,
      );
    const reached = (image.shape[axis + 2]! - 1) * step + apart * (filters.shape[axis + 2]! - 1) + 1;
    return { reached, before: -padding[axis]!, after: rest - padding[axis]!, long: rest >= step };
  }) as [Extent, Extent];
  const whole = [height, width].map(({ reached, before, after }) => reached + before + after);
  if (whole.some((length) => length < 1)) throw problem(`padding ${showShape(padding)} leaves nothing.`);
  const shape = (size: readonly number[]): number[] => [image.shape[0]!, filters.shape[1]! * groups, ...size];
  if (!height.long && !width.long)
    return { attributes: { stride, padding, dilation, groups, shape: shape(whole) }, margins: null };
  return {
    attributes: { stride, padding: [0, 0], dilation, groups, shape: shape([height.reached, width.reached]) },
    margins: [width.before, width.after, height.before, height.after],
  };
}

/** Along one axis: how far the filters reach, what is put on before and after (less than 0: cut off), and whether that is a stride or more. */
interface Extent {
  readonly reached: number;
  readonly before: number;
  readonly after: number;
  readonly long: boolean;
}
