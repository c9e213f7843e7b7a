import { ArgumentError, ShapeError, describeValue } from '../../tensor/errors.ts';
import { type Shape, showShape } from '../../tensor/shape.ts';
import { apply } from '../apply.ts';
import { type TensorLike, asTensor } from '../create.ts';
import type { Tensor } from '../tensor.ts';
import { add } from './arithmetic.ts';
import { type Size1d, type Size2d, pair } from './pairs.ts';
import { reshape } from './shape.ts';

export interface ConvolutionOptions<Size> {
  /** How far apart windows start. Default 1. */
  readonly stride?: Size;
  /** Zeros around the input, on each side. Default 0. */
  readonly padding?: Size;
  /** How far apart a window's elements lie. Default 1. */
  readonly dilation?: Size;
  /** Channels are divided into so many groups, each with filters of its own. Default 1. */
  readonly groups?: number;
}

/** `valid`: none. `same`: as much as keeps height and width, for a stride of 1; of an odd number the larger half is behind. */
interface NamedPadding<Size> {
  readonly padding?: Size | 'same' | 'valid';
}
export type Conv1dOptions = Omit<ConvolutionOptions<Size1d>, 'padding'> & NamedPadding<Size1d>;
export type Conv2dOptions = Omit<ConvolutionOptions<Size2d>, 'padding'> & NamedPadding<Size2d>;

export const convolutionOptions = ['stride', 'padding', 'dilation', 'groups'] as const;

export interface Placing {
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly groups: number;
}

export const placing = ({
  stride = 1,
  padding = 0,
  dilation = 1,
  groups = 1,
}: ConvolutionOptions<Size2d>): Placing => ({
  stride: pair(stride),
  padding: pair(padding),
  dilation: pair(dilation),
  groups,
});

/**
 * What padding by name means for filters [..., kH, kW].
 * @returns the padding on both sides, and x with what is more behind it.
 * @throws ArgumentError for a name that there is not; ShapeError for `same` with a stride.
 */
export function padded(
  op: string,
  x: Tensor,
  filters: Shape,
  { padding = 0, ...options }: Conv2dOptions,
): { readonly image: Tensor; readonly placed: Placing } {
  if (typeof padding !== 'string') return { image: x, placed: placing({ ...options, padding }) };
  if (padding === 'valid') return { image: x, placed: placing(options) };
  if (padding !== 'same')
    throw new ArgumentError(`${op}: padding is 'same', 'valid', a number or two, not ${describeValue(padding)}.`);
  const placed = placing(options);
  if (placed.stride.some((step) => step !== 1))
    throw new ShapeError(`${op}: padding 'same' needs a stride of 1, not ${showShape(placed.stride)}.`);
  const [down, across] = [0, 1].map((axis) => placed.dilation[axis]! * (filters[axis + 2]! - 1)) as [number, number];
  const pads = [0, across % 2, 0, down % 2];
  return {
    image: pads.some((more) => more > 0) ? apply('pad', [x], { pads, value: 0 }) : x,
    placed: { ...placed, padding: [Math.floor(down / 2), Math.floor(across / 2)] },
  };
}

/** Adds one number for each filter. @throws ShapeError unless there are as many */
export function biased(op: string, filtered: Tensor, bias: TensorLike | null): Tensor {
  if (bias === null) return filtered;
  const added = asTensor(bias, filtered, op);
  const filters = filtered.shape[1]!;
  if (added.shape.length !== 1 || added.shape[0] !== filters)
    throw new ShapeError(
      `${op}: the bias has shape ${showShape(added.shape)}, but there are ${filters} filters: expected [${filters}].`,
    );
  return add(filtered, reshape(added, [filters, ...filtered.shape.slice(2).map(() => 1)]));
}
