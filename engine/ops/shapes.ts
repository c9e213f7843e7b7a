import { call, symbol } from '../expression/expression.ts';
import { allocate } from '../tensor/dtype.ts';
import { broadcastIndices } from '../tensor/kernels/elementwise.ts';
import { cat as join, embed as embedded, gatherStrided, transpose as swapped } from '../tensor/kernels/layout.ts';
import { ShapeError } from '../tensor/errors.ts';
import { type Shape, broadcastShapes, dimensionOf, sameShape, showShape, sizeOf, stridesOf } from '../tensor/shape.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { defineOp } from './define.ts';

const shapeOf = (attributes: Attributes): Shape => attributes.shape as readonly number[];

export const reshape = defineOp({
  name: 'reshape',
  doc: 'The same elements in the same order, in another shape. One size may be −1: it is worked out.',
  inputs: ['x'],
  shape: ([x], attributes) => {
    const wanted = shapeOf(attributes);
    const known = sizeOf(wanted.filter((size) => size !== -1));
    const free = wanted.filter((size) => size === -1).length;
    const shape = wanted.map((size) => (size === -1 ? sizeOf(x!) / known : size));
    if (free > 1 || shape.some((size) => !Number.isInteger(size) || size < 0) || sizeOf(shape) !== sizeOf(x!)) {
      throw new ShapeError(
        `reshape: ${sizeOf(x!)} elements of shape ${showShape(x!)} do not fit ${showShape(wanted)}.`,
      );
    }
    return shape;
  },
  forward: ([x]) => x!.data,
  vjp: { x: call('reshapeLike', symbol('ȳ'), symbol('x')) },
  samples: [
    { shapes: [[2, 3]], attributes: { shape: [3, 2] } },
    { shapes: [[2, 3]], attributes: { shape: [-1] } },
  ],
});

export const transpose = defineOp({
  name: 'transpose',
  doc: 'Swaps two dimensions.',
  inputs: ['x'],
  shape: ([x], { dim0, dim1 }) => {
    const p = dimensionOf('transpose', Number(dim0), x!.length);
    const q = dimensionOf('transpose', Number(dim1), x!.length);
    return x!.map((size, i) => (i === p ? x![q]! : i === q ? x![p]! : size));
  },
  forward: ([x], { dim0, dim1 }) => {
    const rank = x!.shape.length;
    return swapped(
      x!.data,
      x!.shape,
      dimensionOf('transpose', Number(dim0), rank),
      dimensionOf('transpose', Number(dim1), rank),
    );
  },
  vjp: { x: call('transposeBack', symbol('ȳ')) },
  samples: [
    { shapes: [[2, 3]], attributes: { dim0: 0, dim1: 1 } },
    { shapes: [[2, 3, 4]], attributes: { dim0: -1, dim1: 0 } },
  ],
});

export const expand = defineOp({
  name: 'expand',
  doc: 'Repeats dimensions of size 1, and adds leading ones, up to `shape`.',
  inputs: ['x'],
  shape: ([x], attributes) => {
    const wanted = shapeOf(attributes);
    if (!sameShape(broadcastShapes('expand', x!, wanted), wanted)) {
      throw new ShapeError(`expand: ${showShape(x!)} does not expand to ${showShape(wanted)}.`);
    }
    return wanted;
  },
  forward: ([x], _attributes, shape, dtype) => {
    const indices = broadcastIndices(x!.shape, shape);
    const out = allocate(dtype, indices.length);
    for (let i = 0; i < out.length; i++) out[i] = x!.data[indices[i]!]!;
    return out;
  },
  vjp: { x: call('sumLike', symbol('ȳ'), symbol('x')) },
  samples: [
    { shapes: [[1, 3]], attributes: { shape: [2, 3] } },
    { shapes: [[]], attributes: { shape: [2, 2] } },
  ],
});

/** `start` and `end` as Python reads them: negative from the end, clipped to what is there. */
export function sliceRange(
  x: Shape,
  { dim, start, end, step }: Attributes,
): { dim: number; start: number; count: number; step: number } {
  const d = dimensionOf('slice', Number(dim), x.length);
  const size = x[d]!;
  const stride = Number(step);
  if (!Number.isInteger(stride) || stride < 1)
    throw new ShapeError(`slice: the step must be a whole number from 1, not ${stride}.`);
  const place = (at: number): number => Math.min(Math.max(at < 0 ? at + size : at, 0), size);
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

export const embed = defineOp({
  name: 'embed',
  doc: 'Zeros of shape `shape` with the tensor put in along `dim` from `start` in steps of `step`: what undoes a slice.',
  inputs: ['x'],
  shape: (_shapes, attributes) => shapeOf(attributes),
  forward: ([x], { dim, start, step }, shape) =>
    embedded(x!.data, x!.shape, shape, Number(dim), Number(start), Number(step)),
  vjp: { x: call('sliceBack', symbol('ȳ'), symbol('x')) },
  samples: [{ shapes: [[2, 3]], attributes: { shape: [4, 3], dim: 0, start: 1, step: 1 } }],
});

export const cat = defineOp({
  name: 'cat',
  doc: 'Joins tensors along dimension `dim`; all other sizes agree.',
  inputs: ['x'],
  variadic: true,
  shape: (shapes, { dim }) => {
    const first = shapes[0];
    if (!first) throw new ShapeError('cat: needs at least one tensor.');
    const d = dimensionOf('cat', Number(dim), first.length);
    for (const shape of shapes) {
      if (shape.length !== first.length || shape.some((size, i) => i !== d && size !== first[i])) {
        throw new ShapeError(
          `cat: shapes ${showShape(first)} and ${showShape(shape)} differ in more than dimension ${d}.`,
        );
      }
    }
    return first.map((size, i) => (i === d ? shapes.reduce((total, shape) => total + shape[d]!, 0) : size));
  },
  forward: (parts, { dim }) => join(parts, dimensionOf('cat', Number(dim), parts[0]!.shape.length)),
  vjp: { x: call('partOf', symbol('ȳ'), symbol('x')) },
  samples: [
    {
      shapes: [
        [2, 3],
        [1, 3],
      ],
      attributes: { dim: 0 },
    },
    {
      shapes: [
        [2, 1],
        [2, 2],
        [2, 3],
      ],
      attributes: { dim: -1 },
    },
  ],
});
