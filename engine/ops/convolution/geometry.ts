import { ShapeError } from '../../tensor/errors.ts';
import type { Geometry, Pair } from '../../tensor/kernels/convolution.ts';
import type { Windows } from '../../tensor/kernels/pooling.ts';
import type { Attribute, Attributes } from '../../tensor/runtime.ts';
import { type Shape, showShape } from '../../tensor/shape.ts';

/** Two whole numbers of at least `least`. @throws ShapeError naming the op and the option */
export function pairOf(op: string, name: string, value: Attribute | undefined, least: number): Pair {
  const [first, second] = Array.isArray(value) ? (value as readonly number[]) : [];
  for (const number of [first, second]) {
    if (!Number.isSafeInteger(number) || number! < least)
      throw new ShapeError(`${op}: ${name} must be whole numbers from ${least}, not ${String(value)}.`);
  }
  return [first!, second!];
}

/** How many windows fit along each axis. With `ceilMode` the last may reach beyond the end, but begins before it. */
export function windows(
  op: string,
  size: Pair,
  { kernel, stride, padding, dilation }: Omit<Windows, 'size' | 'out'>,
  ceilMode = false,
): Pair {
  const along = (axis: 0 | 1): number => {
    const [wide, reach] = [size[axis] + 2 * padding[axis], dilation[axis] * (kernel[axis] - 1) + 1];
    const step = stride[axis];
    const count = Math.floor((wide - reach + (ceilMode ? step - 1 : 0)) / step) + 1;
    if (count < 1) {
      throw new ShapeError(
        `${op}: the window spans ${reach} along the ${axis === 0 ? 'height' : 'width'}, but x has ${size[axis]}` +
          `${padding[axis] > 0 ? ` and ${2 * padding[axis]} of padding` : ''} there. Use a smaller kernel or more padding.`,
      );
    }
    return ceilMode && (count - 1) * step >= size[axis] + padding[axis] ? count - 1 : count;
  };
  return [along(0), along(1)];
}

/** @throws ShapeError unless x [N, C, H, W] and w [O, C / groups, kH, kW] go together. */
export function geometry(op: string, x: Shape, w: Shape, attributes: Attributes): Geometry {
  const problem = (why: string): ShapeError => new ShapeError(`${op}: x ${showShape(x)} and w ${showShape(w)}: ${why}`);
  if (x.length !== 4 || w.length !== 4)
    throw problem('expected x [N, C, H, W] or [C, H, W], and w [O, C / groups, kH, kW].');
  const groups = Number(attributes.groups);
  const [images, channels, height, width] = x as [number, number, number, number];
  const [filters, perGroup, kernelHeight, kernelWidth] = w as [number, number, number, number];
  if (!Number.isSafeInteger(groups) || groups < 1 || channels % groups !== 0 || filters % groups !== 0)
    throw problem(
      `${channels} channels and ${filters} filters do not divide into ${String(attributes.groups)} groups.`,
    );
  if (channels !== perGroup * groups) {
    const inGroups = groups === 1 ? '' : ` in ${groups} groups`;
    throw problem(`w is for ${perGroup * groups} channels${inGroups}, x has ${channels}; they must agree.`);
  }
  const [size, kernel]: [Pair, Pair] = [
    [height, width],
    [kernelHeight, kernelWidth],
  ];
  const stride = pairOf(op, 'stride', attributes.stride, 1);
  const padding = pairOf(op, 'padding', attributes.padding, 0);
  const dilation = pairOf(op, 'dilation', attributes.dilation, 1);
  if (kernelHeight < 1 || kernelWidth < 1) throw problem('the kernel is empty.');
  const out = windows(op, size, { kernel, stride, padding, dilation });
  return { images, channels, filters, groups, size, kernel, out, stride, padding, dilation };
}

export const outputShape = ({ images, filters, out }: Geometry): Shape => [images, filters, ...out];
