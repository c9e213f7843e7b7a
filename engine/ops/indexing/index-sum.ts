import { call, symbol } from '../../expression/expression.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { collect, placesOf } from '../../tensor/kernels/indexing.ts';
import { dimensionOf, sameShape, showShape } from '../../tensor/shape.ts';
import { defineOp, notDifferentiable } from '../define.ts';

export const indexSum = defineOp({
  name: 'indexSum',
  doc: 'Zeros with `size` slices along `dim`, to each of which the slices of g are added that index sends there: the transpose of indexSelect.',
  inputs: ['g', 'index'],
  choosers: ['index'],
  shape: ([g, index], { dim, size }) => {
    const d = dimensionOf('indexSum', Number(dim), g!.length - index!.length + 1);
    if (!sameShape(g!.slice(d, d + index!.length), index!))
      throw new ShapeError(
        `indexSum: g ${showShape(g!)} does not hold a slice for each of ${showShape(index!)} from dimension ${d}.`,
      );
    return [...g!.slice(0, d), Number(size), ...g!.slice(d + index!.length)];
  },
  forward: ([g, index], { dim }, shape, dtype) => {
    const d = dimensionOf('indexSum', Number(dim), shape.length);
    return collect(g!.data, shape, d, placesOf('indexSum', index!.data, `dimension ${d}`, shape[d]!), dtype);
  },
  vjp: { g: call('indexSelect', symbol('ȳ'), symbol('index')), index: notDifferentiable },
  samples: [
    { shapes: [[4, 2], [4]], attributes: { dim: 0, size: 3 }, contents: [null, [2, 0, -1, 0]] },
    {
      shapes: [
        [2, 2, 2, 3],
        [2, 2],
      ],
      attributes: { dim: 1, size: 2 },
      contents: [null, [1, 1, 0, 1]],
    },
  ],
});
