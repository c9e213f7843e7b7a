import { call, symbol } from '../../expression/expression.ts';
import { flip as flipped } from '../../tensor/kernels/layout.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { dimensionOf } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';

const dimensions = ({ dims }: Attributes, rank: number): number[] =>
  (dims as readonly number[]).map((d) => dimensionOf('flip', d, rank));

export const flip = defineOp({
  name: 'flip',
  doc: 'The elements in reverse order along the dimensions `dims`.',
  inputs: ['x'],
  shape: ([x], attributes) => {
    dimensions(attributes, x!.length);
    return x!;
  },
  forward: ([x], attributes) => flipped(x!.data, x!.shape, dimensions(attributes, x!.shape.length)),
  vjp: { x: call('flip', symbol('ȳ')) },
  samples: [
    { shapes: [[2, 3]], attributes: { dims: [1] } },
    { shapes: [[2, 3, 2]], attributes: { dims: [0, -1] } },
  ],
});
