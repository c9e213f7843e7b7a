/** Sizes of the dimensions, outermost first. `[]` is a scalar. Contents are row-major. */
export type Shape = readonly number[];

export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);
