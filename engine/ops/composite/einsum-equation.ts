import { ShapeError } from '../../tensor/errors.ts';
import { type Shape, showShape } from '../../tensor/shape.ts';

/** A letter of the equation, or one of the dimensions that `...` stands for: `…0` is the last of these. */
export type Label = string;

export interface Einsum {
  /** The dimensions of each operand. */
  readonly operands: readonly (readonly Label[])[];
  readonly output: readonly Label[];
  readonly sizes: ReadonlyMap<Label, number>;
}

/**
 * Reads an equation of `einsum` against the operands' shapes.
 * @throws ShapeError naming the equation and what does not fit.
 */
export function readEquation(equation: string, shapes: readonly Shape[]): Einsum {
  const problem = (why: string): ShapeError => new ShapeError(`einsum: '${equation}': ${why}`);
  const [left, right, ...more] = equation.replaceAll(' ', '').split('->');
  if (more.length > 0) throw problem('one arrow at most.');
  const terms = left!.split(',');
  if (terms.length !== shapes.length)
    throw problem(`${terms.length} operand${terms.length === 1 ? '' : 's'} written, ${shapes.length} given.`);
  const read = (term: string, rank: number | null, known: number): Label[] => {
    const match = /^([A-Za-z]*)(\.\.\.)?([A-Za-z]*)$/.exec(term);
    if (!match) throw problem(`'${term}' must be letters, with at most one '...' among them.`);
    const letters = match[1]!.length + match[3]!.length;
    const count = match[2] === undefined ? 0 : rank === null ? known : Math.max(0, rank - letters);
    const dots = Array.from({ length: count }, (_, i) => `…${count - 1 - i}`);
    return [...match[1]!.split(''), ...dots, ...match[3]!.split('')];
  };
  const operands = terms.map((term, i) => {
    const labels = read(term, shapes[i]!.length, 0);
    if (labels.length !== shapes[i]!.length)
      throw problem(`operand ${i + 1}, '${term}', has shape ${showShape(shapes[i]!)}: one letter for each dimension.`);
    return labels;
  });

  const sizes = new Map<Label, number>();
  operands.forEach((labels, i) =>
    labels.forEach((label, d) => {
      const [size, known] = [shapes[i]![d]!, sizes.get(label) ?? 1];
      const broadcasts = labels.indexOf(label) === labels.lastIndexOf(label);
      if (size !== known && known !== 1 && !(size === 1 && broadcasts))
        throw problem(`'${label}' is ${known} in one place and ${size} in operand ${i + 1}, ${showShape(shapes[i]!)}.`);
      if (!broadcasts && shapes[i]![labels.indexOf(label)] !== size)
        throw problem(`'${label}' is repeated in operand ${i + 1} over unequal sizes, ${showShape(shapes[i]!)}.`);
      if (known === 1) sizes.set(label, size);
    }),
  );

  const all = operands.flat();
  const dots = [...sizes.keys()].filter((label) => label.startsWith('…'));
  const once = [...sizes.keys()].filter(
    (label) => !dots.includes(label) && all.indexOf(label) === all.lastIndexOf(label),
  );
  const output =
    right === undefined
      ? [...read('...', null, dots.length), ...once.sort((a, b) => (a < b ? -1 : 1))]
      : read(right, null, dots.length);
  output.forEach((label, i) => {
    if (!sizes.has(label)) throw problem(`'${label}' of the result is in no operand.`);
    if (output.indexOf(label) !== i) throw problem(`'${label}' is twice in the result.`);
  });
  return { operands, output, sizes };
}
