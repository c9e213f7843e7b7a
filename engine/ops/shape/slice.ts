import { call, symbol } from '../../expression/expression.ts';
import { gatherStrided } from '../../tensor/kernels/layout.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { type Shape, dimensionOf, stridesOf } from '../../tensor/shape.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { defineOp } from '../define.ts';

/** `start` and `end` as Python reads them: negative from the end, clipped to what is there. */
export function sliceRange(
  x: Shape,
  { dim, start, end, step }: Attributes,
): { dim: number; start: number; count: number; step: number } {
  const d = dimensionOf('slice', Number(dim), x.length);
  const size = x[d]!;
  const stride = Number(step);
  if (!Number.isInteger(stride) || stride < 1)
    throw new ShapeError(`slice: the step must be a whole number from 1, not ${stride}. To go backwards, use flip.`);
  const place = (at: number): number => {
    if (!Number.isInteger(at) && Math.abs(at) !== Infinity)
      throw new ShapeError(`slice: starts and ends are whole numbers, not ${at}.`);
    return Math.min(Math.max(at < 0 ? at + size : at, 0), size);
  };
  const from = place(Number(start));
  const to = end === null ? size : place(Number(end));
  return { dim: d, start: from, count: Math.max(0, Math.ceil((to - from) / stride)), step: stride };
}

export const slice = defineOp({
  name: 'slice',
  doc: 'Elements `start` to `end` (exclusive; null is the end) of dimension `dim`, every `step`th.',
  inputs: ['x'],
  shape: ([x], attributes) => {
    const range = sliceRange(x!, attributes);
    return x!.map((size, i) => (i === range.dim ? range.count : size));
  },
  forward: ([x], attributes, shape) => {
    const range = sliceRange(x!.shape, attributes);
    const strides = stridesOf(x!.shape);
    const start = range.start * strides[range.dim]!;
    return gatherStrided(
      x!.data,
      shape,
      strides.map((stride, i) => (i === range.dim ? stride * range.step : stride)),
      start,
    );
  },
  vjp: { x: call('embedLike', symbol('ȳ'), symbol('x')) },
  samples: [
    { shapes: [[4, 3]], attributes: { dim: 0, start: 1, end: 3, step: 1 } },
    { shapes: [[4, 5]], attributes: { dim: -1, start: 0, end: null, step: 2 } },
  ],
});
