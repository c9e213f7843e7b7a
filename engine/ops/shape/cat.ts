import { call, symbol } from '../../expression/expression.ts';
import { cat as join } from '../../tensor/kernels/layout.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { dimensionOf, showShape } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';

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
  forward: (parts, { dim }, shape, dtype) => join(parts, dimensionOf('cat', Number(dim), shape.length), dtype),
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
