import { call, symbol } from '../../expression/expression.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { permute as permuted } from '../../tensor/kernels/layout.ts';
import type { Attributes } from '../../tensor/runtime.ts';
import { type Shape, dimensionOf, showShape } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';

/** Counted from the front, every dimension once. @throws ShapeError for anything else */
export function permutation(x: Shape, { dims }: Attributes): number[] {
  const order = (dims as readonly number[]).map((d) => dimensionOf('permute', d, x.length));
  if (order.length !== x.length || new Set(order).size !== x.length) {
    throw new ShapeError(
      `permute: ${showShape(dims as readonly number[])} must name each of the ${x.length} dimensions of ${showShape(x)} once.`,
    );
  }
  return order;
}

export const permute = defineOp({
  name: 'permute',
  doc: 'Puts the dimensions in another order: dimension i of the result is dimension `dims[i]` of x.',
  inputs: ['x'],
  shape: ([x], attributes) => permutation(x!, attributes).map((d) => x![d]!),
  forward: ([x], attributes) => permuted(x!.data, x!.shape, permutation(x!.shape, attributes)),
  vjp: { x: call('permuteBack', symbol('ȳ')) },
  samples: [
    { shapes: [[2, 3, 4]], attributes: { dims: [2, 0, 1] } },
    { shapes: [[2, 3, 1, 2]], attributes: { dims: [0, -1, 1, 2] } },
  ],
});
