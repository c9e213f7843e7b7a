import { call, symbol } from '../../expression/expression.ts';
import { flip as flipped } from '../../tensor/kernels/layout.ts';
import { ShapeError } from '../../tensor/errors.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { showShape } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';
import { laneDimension } from '../lane.ts';

function dimensions({ dims }: Attributes, rank: number): number[] {
  const listed = dims as readonly number[];
  const found = listed.map((d) => laneDimension('flip', d, rank));
  if (new Set(found).size !== found.length)
    throw new ShapeError(`flip: a dimension is listed twice in ${showShape(listed)}.`);
  return rank === 0 ? [] : found;
}

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
