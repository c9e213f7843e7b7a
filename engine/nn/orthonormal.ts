import { ShapeError } from '../tensor/errors.ts';
import { type Shape, showShape, sizeOf } from '../tensor/shape.ts';
import { normalNumbers } from './draw.ts';

/**
 * The factor Q of a normal random matrix, by Gram–Schmidt. Every vector is cleared twice of those before it, which brings
 * orthogonality down to rounding (Giraud et al., "The loss of orthogonality in the Gram–Schmidt orthogonalization process",
 * 2005); as lengths are positive, Q is the one whose R has a positive diagonal, and is drawn without bias.
 * @returns row-major, of `shape` seen as a matrix [first, all others]: the fewer of rows and columns are orthonormal.
 * @throws ShapeError for less than two dimensions.
 */
export function orthonormal(shape: Shape, seed: number): Float64Array {
  if (shape.length < 2) throw new ShapeError(`orthogonal: a tensor of shape ${showShape(shape)} is no matrix.`);
  const rows = shape[0]!;
  const columns = sizeOf(shape.slice(1));
  const drawn = normalNumbers(0, 1, seed)(shape, 'float64').data;
  const result = new Float64Array(drawn.length);
  const [count, length] = rows <= columns ? [rows, columns] : [columns, rows];
  const place = (vector: number, i: number): number => (rows <= columns ? vector * columns + i : i * columns + vector);
  const done: Float64Array[] = [];
  for (let v = 0; v < count; v++) {
    const vector = Float64Array.from({ length }, (_, i) => drawn[place(v, i)]!);
    for (const before of [...done, ...done]) {
      const along = dot(vector, before);
      for (let i = 0; i < length; i++) vector[i]! -= along * before[i]!;
    }
    const norm = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < length; i++) result[place(v, i)] = vector[i]! /= norm;
    done.push(vector);
  }
  return result;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
