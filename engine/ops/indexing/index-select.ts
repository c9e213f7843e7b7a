import { call, symbol } from '../../expression/expression.ts';
import { placesOf, select } from '../../tensor/kernels/indexing.ts';
import { dimensionOf } from '../../tensor/shape.ts';
import { defineOp, notDifferentiable } from '../define.ts';

export const indexSelect = defineOp({
  name: 'indexSelect',
  doc: 'The slices of x along `dim` that index names, in its order; its dimensions take the place of `dim`.',
  inputs: ['x', 'index'],
  choosers: ['index'],
  shape: ([x, index], { dim }) => {
    const d = dimensionOf('indexSelect', Number(dim), x!.length);
    return [...x!.slice(0, d), ...index!, ...x!.slice(d + 1)];
  },
  forward: ([x, index], { dim }, _shape, dtype) => {
    const d = dimensionOf('indexSelect', Number(dim), x!.shape.length);
    return select(x!.data, x!.shape, d, placesOf('indexSelect', index!.data, `dimension ${d}`, x!.shape[d]!), dtype);
  },
  vjp: { x: call('indexSum', symbol('ȳ'), symbol('index')), index: notDifferentiable },
  samples: [
    { shapes: [[3, 2], [4]], attributes: { dim: 0 }, contents: [null, [2, 0, -1, 0]] },
    {
      shapes: [
        [2, 3, 2],
        [2, 2],
      ],
      attributes: { dim: -2 },
      contents: [null, [1, 1, 0, 1]],
    },
  ],
});
