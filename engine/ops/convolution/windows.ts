import { ShapeError } from '../../tensor/errors.ts';
import type { Windows } from '../../tensor/kernels/pooling.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { type Shape, showShape } from '../../tensor/shape.ts';
import { pairOf, windows } from './geometry.ts';

/** The windows of a pooling op over the last two dimensions of x. @throws ShapeError when there is none */
export function poolingWindows(op: string, x: Shape, attributes: Attributes): Windows {
  if (x.length < 3 || x.length > 4)
    throw new ShapeError(`${op}: x ${showShape(x)}: expected [N, C, H, W] or [C, H, W].`);
  const size = [x.at(-2)!, x.at(-1)!] as const;
  const kernel = pairOf(op, 'kernel', attributes.kernel, 1);
  const stride = pairOf(op, 'stride', attributes.stride, 1);
  const padding = pairOf(op, 'padding', attributes.padding, 0);
  if (2 * padding[0] > kernel[0] || 2 * padding[1] > kernel[1]) {
    throw new ShapeError(
      `${op}: padding ${showShape(padding)} is more than half of the kernel ${showShape(kernel)}: some windows would hold nothing else.`,
    );
  }
  const dilation = pairOf(op, 'dilation', attributes.dilation ?? [1, 1], 1);
  const out = windows(op, size, { kernel, stride, padding, dilation }, attributes.ceilMode === true);
  const found = { size, kernel, stride, padding, dilation, out };
  checkFilled(op, found);
  return found;
}

/** @throws ShapeError when the steps of a dilated window lead from the padding on one side to beyond the other. */
function checkFilled(op: string, { size, stride, padding, dilation, kernel, out }: Windows): void {
  for (const axis of [0, 1] as const) {
    for (let i = 0; i < out[axis]; i++) {
      const start = i * stride[axis] - padding[axis];
      // Every window begins before the end of x.
      if (start >= 0) break;
      const first = start + dilation[axis] * Math.ceil(-start / dilation[axis]);
      if (first >= size[axis] || first > start + dilation[axis] * (kernel[axis] - 1))
        throw new ShapeError(`${op}: with dilation ${showShape(dilation)} a window would lie in the padding alone.`);
    }
  }
}

export const pooledShape = (x: Shape, { out }: Windows): Shape => [...x.slice(0, -2), ...out];

/** @throws ShapeError unless `g` has the shape that pooling x gives. */
export function checkPooled(op: string, g: Shape, x: Shape, attributes: Attributes): void {
  const pooled = pooledShape(x, poolingWindows(op, x, attributes));
  if (showShape(pooled) !== showShape(g))
    throw new ShapeError(`${op}: pooling ${showShape(x)} gives ${showShape(pooled)}, not ${showShape(g)}.`);
}
