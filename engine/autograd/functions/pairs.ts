/** One number for height and width, or both. */
export type Size2d = number | readonly [number, number];

export const pair = (size: Size2d): readonly [number, number] => (typeof size === 'number' ? [size, size] : size);
