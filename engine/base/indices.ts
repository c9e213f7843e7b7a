/** Where an element of a row-major tensor is: its index along each dimension, outermost first. */
export function indicesOf(shape: readonly number[], element: number): number[] {
  const indices = new Array<number>(shape.length);
  let rest = element;
  for (let i = shape.length - 1; i >= 0; i--) {
    indices[i] = rest % shape[i]!;
    rest = Math.floor(rest / shape[i]!);
  }
  return indices;
}

/** The way back: the row-major place. */
export const elementAt = (shape: readonly number[], indices: readonly number[]): number =>
  indices.reduce((place, index, i) => place * shape[i]! + index, 0);
