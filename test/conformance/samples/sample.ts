import type { Shape } from '../../../engine/tensor/shape.ts';

/** A function as a user writes it, over x, y, z and w. */
export interface Sample {
  readonly written: string;
  /** Of x, y, z and w, as many as there are. */
  readonly shapes: readonly Shape[];
  /** Where numbers are drawn from; default: normal numbers at least 0.05 away from 0. */
  readonly range?: Range;
  /** Other shapes of the arguments, which broadcast: to what they are the same as. */
  readonly broadcasts?: readonly { readonly from: readonly Shape[]; readonly to: readonly Shape[] }[];
}

/** The samples of functions by name. */
export type Samples = Readonly<Record<string, readonly Sample[]>>;
type Range = readonly [number, number];

/** `2x3 3x4`: two matrices; `.` is a scalar. */
export const shapesOf = (text: string): Shape[] =>
  text.split(' ').map((shape) => (shape === '.' ? [] : shape.split('x').map(Number)));

/** A function of tensors of these shapes, written in one way or several. */
export const of = (shapes: string, written: string | readonly string[], range?: Range): Sample[] =>
  [written]
    .flat()
    .map((text) => ({ written: text, shapes: shapesOf(shapes), ...(range === undefined ? {} : { range }) }));

/** A function of one tensor, element by element; `call` is what stands after the dot. */
export const elementwise = (call: string, range?: Range): Sample[] => [
  ...of('2x3', `x.${call}`, range),
  ...of('.', `x.${call}`, range),
];

/** A function whose arguments broadcast, and how: `from => to`. */
export const broadcasting = (shapes: string, written: string, broadcasts: readonly string[], range?: Range): Sample[] =>
  of(shapes, written, range).map((sample) => ({
    ...sample,
    broadcasts: broadcasts.map((text) => {
      const [from, to] = text.split(' => ').map(shapesOf);
      return { from: from!, to: to! };
    }),
  }));

/** Of two tensors that broadcast: against a scalar, a row, both ways at once, with a dimension more. */
export const binary = (written: string, range?: Range): Sample[] =>
  broadcasting(
    '2x3 2x3',
    written,
    ['2x3 . => 2x3 2x3', '3 2x3 => 2x3 2x3', '2x1 1x3 => 2x3 2x3', '2x3 4x1x3 => 4x2x3 4x2x3'],
    range,
  );

/** An int32 tensor. */
export const whole = (content: string): string => `tensor(${content}, { dtype: 'int32' })`;
