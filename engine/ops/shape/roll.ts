import { call, symbol } from '../../expression/expression.ts';
import type { TypedArray } from '../../tensor/dtype.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { roll as rolled } from '../../tensor/kernels/layout.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { dimensionOf, showShape } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';

function moves(rank: number, attributes: Attributes): { dim: number; shift: number }[] {
  const shifts = attributes.shifts as readonly number[];
  const dims = attributes.dims as readonly number[];
  if (shifts.length !== dims.length || !shifts.every(Number.isSafeInteger))
    throw new ShapeError(
      `roll: needs a whole number for each of dimensions ${showShape(dims)}, not ${showShape(shifts)}.`,
    );
  return shifts.map((shift, i) => ({ dim: dimensionOf('roll', dims[i]!, rank), shift }));
}

export const roll = defineOp({
  name: 'roll',
  doc: 'Elements moved on by `shifts` along `dims`; those that leave at the end come in at the start.',
  inputs: ['x'],
  shape: ([x], attributes) => {
    moves(x!.length, attributes);
    return x!;
  },
  forward: ([x], attributes, shape) =>
    moves(shape.length, attributes).reduce(
      (data: TypedArray, { dim, shift }) => rolled(data, shape, dim, shift),
      x!.data,
    ),
  vjp: { x: call('rollBack', symbol('ȳ')) },
  samples: [
    { shapes: [[2, 5]], attributes: { shifts: [2], dims: [1] } },
    { shapes: [[3, 2, 2]], attributes: { shifts: [-1, 3], dims: [0, -1] } },
  ],
});
