import { call, symbol } from '../../expression/expression.ts';
import { allocate } from '../../tensor/dtype.ts';
import { ShapeError } from '../../tensor/errors.ts';
import { type Shape, showShape, sizeOf } from '../../tensor/shape.ts';
import { defineOp } from '../define.ts';
import { matricesOnly } from './square.ts';

/** Where the elements of a diagonal are in a row-major matrix: the first, and how far apart. */
function placesOf(shape: Shape, offset: number): { first: number; step: number; count: number } {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!];
  const [row, column] = [Math.max(0, -offset), Math.max(0, offset)];
  const count = Math.max(0, Math.min(rows - row, columns - column));
  return { first: row * columns + column, step: columns + 1, count };
}

export const diagonal = defineOp({
  name: 'diagonal',
  doc: 'The diagonal of each matrix, `offset` places above the main one.',
  inputs: ['x'],
  shape: ([x], { offset }) => {
    matricesOnly('diagonal', x!);
    return [...x!.slice(0, -2), placesOf(x!, Number(offset)).count];
  },
  forward: ([x], { offset }, shape, dtype) => {
    const { first, step, count } = placesOf(x!.shape, Number(offset));
    const area = x!.shape.at(-2)! * x!.shape.at(-1)!;
    const out = allocate(dtype, sizeOf(shape));
    for (let i = 0, m = 0; i < out.length; m++)
      for (let k = 0; k < count; k++, i++) out[i] = x!.data[m * area + first + k * step]!;
    return out;
  },
  vjp: { x: call('diagonalBack', symbol('ȳ'), symbol('x')) },
  samples: [
    { shapes: [[3, 3]], attributes: { offset: 0 } },
    { shapes: [[2, 3, 4]], attributes: { offset: 1 } },
    { shapes: [[4, 3]], attributes: { offset: -1 } },
  ],
});

export const embedDiagonal = defineOp({
  name: 'embedDiagonal',
  doc: 'Matrices of `rows` × `columns` zeros with vectors on the diagonal `offset` places above the main one.',
  inputs: ['x'],
  shape: ([x], { offset, rows, columns }) => {
    const shape = [...x!.slice(0, -1), Number(rows), Number(columns)];
    if (x!.length === 0 || placesOf(shape, Number(offset)).count !== x!.at(-1))
      throw new ShapeError(
        `embedDiagonal: ${showShape(x!)} does not fit the diagonal ${Number(offset)} of ${showShape(shape)}.`,
      );
    return shape;
  },
  forward: ([x], { offset }, shape, dtype) => {
    const { first, step, count } = placesOf(shape, Number(offset));
    const area = shape.at(-2)! * shape.at(-1)!;
    const out = allocate(dtype, sizeOf(shape));
    for (let i = 0, m = 0; i < x!.data.length; m++)
      for (let k = 0; k < count; k++, i++) out[m * area + first + k * step] = x!.data[i]!;
    return out;
  },
  vjp: { x: call('embedDiagonalBack', symbol('ȳ')) },
  samples: [
    { shapes: [[3]], attributes: { offset: 0, rows: 3, columns: 3 } },
    { shapes: [[2, 3]], attributes: { offset: -1, rows: 4, columns: 3 } },
  ],
});
