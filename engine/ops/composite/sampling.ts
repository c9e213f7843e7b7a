import { type RandomOptions, type TensorLike, asTensor, drawn } from '../../autograd/create.ts';
import { optionsOf } from '../../autograd/options.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { ArgumentError, ShapeError } from '../../tensor/errors.ts';
import { showShape } from '../../tensor/shape.ts';
import { composite } from './composite.ts';

export interface MultinomialOptions extends Pick<RandomOptions, 'seed'> {
  /** Whether a class may be drawn more than once. Default false. */
  readonly replacement?: boolean;
}

interface MultinomialSettings {
  readonly replacement: boolean;
  readonly seed: number | undefined;
}

/**
 * Draws classes (int32) with the probabilities given, which need not add up to 1. By exponential races: the class whose
 * −ln u / p is least comes first, so that nothing is drawn from but one sheet of uniform numbers u.
 * @param probabilities [C], or [N, C] for a draw from each row.
 * @returns [count], or [N, count].
 * @throws ShapeError for other shapes, and when more classes are asked for than there are; ArgumentError for what is no probability.
 */
export function multinomial(probabilities: TensorLike, count: number, options: MultinomialOptions = {}): Tensor {
  const { replacement, seed } = optionsOf<MultinomialSettings>('multinomial', options, {
    replacement: false,
    seed: undefined,
  });
  const p = asTensor(probabilities, undefined, 'multinomial');
  const classes = p.shape.at(-1);
  if (classes === undefined || p.shape.length > 2)
    throw new ShapeError(`multinomial: needs probabilities [C] or [N, C], not ${showShape(p.shape)}.`);
  if (!Number.isInteger(count) || count < 1 || (!replacement && count > classes))
    throw new ShapeError(
      `multinomial: cannot draw ${count} of ${classes} classes${replacement ? '' : ' without replacement'}.`,
    );
  checkShares(p, classes, replacement ? 1 : count);
  return composite('multinomial', () => {
    const rows = p.shape.slice(0, -1);
    const shape = replacement ? [...rows, count, classes] : p.shape;
    const chances = drawn('rand', shape, {}, { dtype: 'float64', ...(seed === undefined ? {} : { seed }) });
    const shares = replacement ? p.detach().unsqueeze(-2) : p.detach();
    // 1 − u is in (0, 1], so that a race has an end.
    const races = chances.neg().add(1).log().neg().div(shares).maskedFill(shares.equal(0), Infinity);
    return replacement ? races.argmin(-1) : races.argsort(-1).slice(-1, 0, count);
  });
}

/** @throws ArgumentError for what is no probability, and where fewer classes are possible than are to be drawn. */
function checkShares({ data }: Tensor, classes: number, least: number): void {
  const wrong = data.find((share) => !(share >= 0 && share < Infinity));
  if (wrong !== undefined) throw new ArgumentError(`multinomial: ${wrong} is no probability.`);
  for (let start = 0; start < data.length; start += classes) {
    const possible = data.subarray(start, start + classes).filter((share) => share > 0).length;
    if (possible < least)
      throw new ArgumentError(`multinomial: ${least} to be drawn of ${possible} classes whose probability is not 0.`);
  }
}
