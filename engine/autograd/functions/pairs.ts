/** One number for height and width, or both. */
export type Size2d = number | readonly [number, number];
/** A number for the only axis; PyTorch's list of one is the same. */
export type Size1d = number | readonly [number];

export const pair = (size: Size2d): readonly [number, number] => (typeof size === 'number' ? [size, size] : size);

/** What stands for both axes of a picture that is one row. `across` is what the other axis gets. */
export const rowOf = (size: Size1d, down: number): readonly [number, number] => [
  down,
  typeof size === 'number' ? size : size[0],
];
