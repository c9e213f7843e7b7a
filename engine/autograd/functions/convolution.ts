import { composite } from '../../ops/composite/composite.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { showShape } from '../../tensor/shape.ts';
import { apply } from '../apply.ts';
import { type TensorLike, asTensor } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import { together } from './arguments.ts';
import { add } from './arithmetic.ts';
import { type Size2d, pair } from './pairs.ts';
import { reshape, squeeze, unsqueeze } from './shape.ts';

interface ConvolutionOptions<Size> {
  /** How far apart windows start. Default 1. */
  readonly stride?: Size;
  /** Zeros around the input, on each side. Default 0. */
  readonly padding?: Size;
  /** How far apart a window's elements lie. Default 1. */
  readonly dilation?: Size;
  /** Channels are divided into so many groups, each with filters of its own. Default 1. */
  readonly groups?: number;
}
export type Conv1dOptions = ConvolutionOptions<number>;
export type Conv2dOptions = ConvolutionOptions<Size2d>;
export interface ConvTranspose2dOptions extends Conv2dOptions {
  /** Rows and columns more at the end, less than the stride: strides leave open how large the input of a convolution was. Default 0. */
  readonly outputPadding?: Size2d;
}

/**
 * Cross-correlation of x with filters w, plus a number for each filter.
 * @param x [N, C, H, W]
 * @param w [O, C / groups, kH, kW]
 * @param bias [O]
 * @returns [N, O, H', W'], H' = ⌊(H + 2·padding − dilation·(kH − 1) − 1) / stride⌋ + 1.
 * @throws ShapeError when the shapes do not go together or no window fits.
 */
export function conv2d(
  x: TensorLike,
  w: TensorLike,
  bias: TensorLike | null = null,
  options: Conv2dOptions = {},
): Tensor {
  const both = together(x, w);
  const attributes = placing(options);
  const filtered = (): Tensor => apply('conv2d', both, attributes);
  return bias === null ? filtered() : composite('conv2d', () => biased('conv2d', filtered(), bias));
}

/**
 * The same along one axis.
 * @param x [N, C, L]
 * @param w [O, C / groups, k]
 * @param bias [O]
 * @returns [N, O, L']
 */
export function conv1d(
  x: TensorLike,
  w: TensorLike,
  bias: TensorLike | null = null,
  { stride = 1, padding = 0, dilation = 1, groups = 1 }: Conv1dOptions = {},
): Tensor {
  const [line, filters] = together(x, w);
  if (line.shape.length !== 3 || filters.shape.length !== 3) {
    throw new ShapeError(
      `conv1d: x ${showShape(line.shape)} and w ${showShape(filters.shape)}: expected x [N, C, L] and w [O, C / groups, k].`,
    );
  }
  return composite('conv1d', () => {
    const options = { stride: [1, stride], padding: [0, padding], dilation: [1, dilation], groups } as const;
    const filtered = conv2d(unsqueeze(line, 2), unsqueeze(filters, 2), null, options);
    return biased('conv1d', squeeze(filtered, 2), bias);
  });
}

/**
 * The transpose of `conv2d` (not its inverse): every element of x adds its filter to the output, `stride` apart.
 * @param x [N, C, H, W]
 * @param w [C, O / groups, kH, kW]
 * @param bias [O]
 * @returns [N, O, H', W'], H' = (H − 1)·stride − 2·padding + dilation·(kH − 1) + outputPadding + 1.
 */
export function convTranspose2d(
  x: TensorLike,
  w: TensorLike,
  bias: TensorLike | null = null,
  { outputPadding = 0, ...options }: ConvTranspose2dOptions = {},
): Tensor {
  const [image, filters] = together(x, w);
  const problem = (why: string): ShapeError =>
    new ShapeError(`convTranspose2d: x ${showShape(image.shape)} and w ${showShape(filters.shape)}: ${why}`);
  if (image.shape.length !== 4 || filters.shape.length !== 4 || image.shape[1] !== filters.shape[0])
    throw problem('expected x [N, C, H, W] and w [C, O / groups, kH, kW].');
  const { stride, padding, dilation, groups } = placing(options);
  const more = pair(outputPadding);
  const size = [0, 1].map((axis) => {
    const rest = more[axis]!;
    if (!Number.isInteger(rest) || rest < 0 || rest >= stride[axis]!)
      throw problem(`outputPadding ${rest} must be a whole number below the stride, which is ${stride[axis]}.`);
    const [length, kernel] = [image.shape[axis + 2]!, filters.shape[axis + 2]!];
    return (length - 1) * stride[axis]! - 2 * padding[axis]! + dilation[axis]! * (kernel - 1) + rest + 1;
  });
  if (size.some((length) => length < 1)) throw problem(`padding ${showShape(padding)} leaves nothing.`);
  const shape = [image.shape[0]!, filters.shape[1]! * groups, ...size];
  return composite('convTranspose2d', () => {
    const spread = apply('conv2dInput', [image, filters], { stride, padding, dilation, groups, shape });
    return biased('convTranspose2d', spread, bias);
  });
}

const placing = ({ stride = 1, padding = 0, dilation = 1, groups = 1 }: Conv2dOptions) => ({
  stride: pair(stride),
  padding: pair(padding),
  dilation: pair(dilation),
  groups,
});

function biased(op: string, filtered: Tensor, bias: TensorLike | null): Tensor {
  if (bias === null) return filtered;
  const added = asTensor(bias, filtered);
  const filters = filtered.shape[1]!;
  if (added.shape.length !== 1 || added.shape[0] !== filters)
    throw new ShapeError(
      `${op}: the bias has shape ${showShape(added.shape)}, but there are ${filters} filters: expected [${filters}].`,
    );
  return add(filtered, reshape(added, [filters, ...filtered.shape.slice(2).map(() => 1)]));
}
