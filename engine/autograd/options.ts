import { camelCase, nearest } from '../base/nearest.ts';
import { ArgumentError, describeValue } from '../tensor/errors.ts';
import { Tensor } from './tensor.ts';

/** What other libraries call an option that has one name here. */
const elsewhere: Readonly<Record<string, string>> = {
  axis: 'dim',
  axes: 'dim',
  dims: 'dim',
  keepdims: 'keepdim',
  keepDims: 'keepdim',
  strides: 'stride',
  pad: 'padding',
  dilationRate: 'dilation',
  epsilon: 'eps',
  learningRate: 'lr',
  learning_rate: 'lr',
  correction: 'unbiased',
  train: 'training',
  units: 'outFeatures',
  rate: 'p',
  p: 'dropout',
  ord: 'p',
  argnum: 'argument',
  argnums: 'argument',
};

/**
 * Options, with defaults for those that are not given. What nobody reads would be a setting that does nothing, so that an
 * unknown name is refused.
 * @param defaults every option that there is; undefined where it has no default.
 * @throws ArgumentError naming the function, and the option that was probably meant.
 */
export function optionsOf<Options extends object>(
  name: string,
  given: Partial<Options> | undefined,
  defaults: Options,
): Options {
  if (given === undefined) return defaults;
  checkOptions(name, given, Object.keys(defaults));
  const options = { ...defaults };
  for (const key of Object.keys(given) as (keyof Options)[]) if (given[key] !== undefined) options[key] = given[key];
  return options;
}

/** @throws ArgumentError unless these are options of these names. */
export function checkOptions(name: string, given: unknown, known: readonly string[]): asserts given is object {
  const isOptions = typeof given === 'object' && given !== null && !Array.isArray(given) && !(given instanceof Tensor);
  if (!isOptions) {
    const written = known[0] === undefined ? '{}' : `{ ${known[0]}: … }`;
    throw new ArgumentError(
      `${name}: options are an object such as ${written}, not ${given instanceof Tensor ? 'a tensor' : describeValue(given)}.`,
    );
  }
  const wrong = Object.keys(given).find((key) => !known.includes(key));
  if (wrong === undefined) return;
  const meant = [elsewhere[wrong], camelCase(wrong)].find((word) => word !== undefined && known.includes(word));
  const near = meant ?? nearest(wrong, known);
  throw new ArgumentError(
    `${name}: there is no option '${wrong}'.${near === null ? '' : ` Did you mean '${near}'?`} ` +
      `${known.length === 1 ? 'There is' : 'There are'} ${known.join(', ')}.`,
  );
}

/**
 * One of a few words. Another one would be a setting that is quietly taken for something else.
 * @throws ArgumentError naming the function and the option, the words that there are, and the one that was probably meant.
 */
export function oneOf<Word extends string>(name: string, option: string, given: Word, words: readonly Word[]): Word {
  if (words.includes(given)) return given;
  const text = typeof given === 'string' ? `'${String(given).slice(0, 40)}'` : describeValue(given);
  const near = typeof given === 'string' ? nearest(camelCase(given), words) : null;
  throw new ArgumentError(
    `${name}: ${option} is ${text}.${near === null ? '' : ` Did you mean '${near}'?`} There is ${words
      .map((word) => `'${word}'`)
      .join(', ')}.`,
  );
}
