import { full, tensor } from '../autograd/create.ts';
import { checkOptions, oneOf } from '../autograd/options.ts';
import { Tensor } from '../autograd/tensor.ts';
import { runtime } from '../tensor/current-runtime.ts';
import { defaultDtype } from '../tensor/dtype.ts';
import type { Shape } from '../tensor/shape.ts';
import { type Content, normalNumbers, uniformNumbers } from './draw.ts';
import { type FanMode, type Nonlinearity, calculateGain, fansOf, nonlinearities } from './fans.ts';
import { orthonormal } from './orthonormal.ts';
import { type LayerOptions, seedsFrom } from './parameter.ts';

export { type FanMode, type Nonlinearity, calculateGain } from './fans.ts';

/** What is initialised: a parameter, whose content is replaced, or the shape of a new constant. */
export type Target = Tensor | Shape;
export type InitOptions = LayerOptions;

/** Numbers from [a, b). */
export const uniform = (
  target: Target,
  { a = 0, b = 1, ...options }: InitOptions & { a?: number; b?: number } = {},
): Tensor => filled('uniform', target, options, (_, seed) => uniformNumbers(a, b, seed));

/** Numbers of the normal distribution with this mean and standard deviation. */
export const normal = (
  target: Target,
  { mean = 0, std = 1, ...options }: InitOptions & { mean?: number; std?: number } = {},
): Tensor => filled('normal', target, options, (_, seed) => normalNumbers(mean, std, seed));

export const constant = (target: Target, value: number, options: InitOptions = {}): Tensor =>
  filled('constant', target, options, () => (shape, dtype) => full(shape, value, { dtype }));
export const zeros = (target: Target, options: InitOptions = {}): Tensor => constant(target, 0, options);
export const ones = (target: Target, options: InitOptions = {}): Tensor => constant(target, 1, options);

/**
 * U(−b, b) with b = gain · √(6 / (fanIn + fanOut)): keeps the variance of activations and of gradients alike
 * (Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010, eq. 16).
 * @throws ShapeError for less than two dimensions.
 */
export const xavierUniform = (target: Target, { gain = 1, ...options }: InitOptions & { gain?: number } = {}): Tensor =>
  filled('xavierUniform', target, options, (shape, seed) => {
    const { fanIn, fanOut } = fansOf('xavierUniform', shape);
    const bound = gain * Math.sqrt(6 / (fanIn + fanOut));
    return uniformNumbers(-bound, bound, seed);
  });

/** N(0, σ²) with σ = gain · √(2 / (fanIn + fanOut)). @throws ShapeError for less than two dimensions. */
export const xavierNormal = (target: Target, { gain = 1, ...options }: InitOptions & { gain?: number } = {}): Tensor =>
  filled('xavierNormal', target, options, (shape, seed) => {
    const { fanIn, fanOut } = fansOf('xavierNormal', shape);
    return normalNumbers(0, gain * Math.sqrt(2 / (fanIn + fanOut)), seed);
  });

export interface KaimingOptions extends InitOptions {
  /** Negative slope of the `leakyRelu` that follows. */
  readonly a?: number;
  readonly mode?: FanMode;
  readonly nonlinearity?: Nonlinearity;
}

/**
 * U(−b, b) with b = gain · √(3 / fan): keeps the variance of activations (`fanIn`) or of gradients (`fanOut`) through rectifiers
 * (He et al., "Delving deep into rectifiers", 2015, eq. 10 and 14). @throws ShapeError for less than two dimensions.
 */
export const kaimingUniform = (target: Target, { a, mode, nonlinearity, ...options }: KaimingOptions = {}): Tensor =>
  filled('kaimingUniform', target, options, (shape, seed) => {
    const bound = Math.sqrt(3) * deviation('kaimingUniform', shape, a, mode, nonlinearity);
    return uniformNumbers(-bound, bound, seed);
  });

/** N(0, σ²) with σ = gain / √fan. @throws ShapeError for less than two dimensions. */
export const kaimingNormal = (target: Target, { a, mode, nonlinearity, ...options }: KaimingOptions = {}): Tensor =>
  filled('kaimingNormal', target, options, (shape, seed) =>
    normalNumbers(0, deviation('kaimingNormal', shape, a, mode, nonlinearity), seed),
  );

function deviation(
  name: string,
  shape: Shape,
  a = 0,
  mode: FanMode = 'fanIn',
  nonlinearity: Nonlinearity = 'leakyRelu',
): number {
  oneOf(name, 'nonlinearity', nonlinearity, nonlinearities);
  return (
    calculateGain(nonlinearity, a) / Math.sqrt(fansOf(name, shape)[oneOf(name, 'mode', mode, ['fanIn', 'fanOut'])])
  );
}

/**
 * A random matrix with orthonormal rows or columns, whichever are fewer, times `gain`; dimensions after the first count as one
 * (Saxe et al., "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", 2013).
 * @throws ShapeError for less than two dimensions.
 */
export const orthogonal = (target: Target, { gain = 1, ...options }: InitOptions & { gain?: number } = {}): Tensor =>
  filled('orthogonal', target, options, (shape, seed) => (_, dtype) => {
    const numbers = orthonormal(shape, seed).map((x) => gain * x);
    return tensor(numbers, { dtype }).reshape(shape);
  });

/** What a formula is told besides the seed and the dtype. */
const ofFormula: Readonly<Record<string, readonly string[]>> = {
  uniform: ['a', 'b'],
  normal: ['mean', 'std'],
  constant: [],
  xavierUniform: ['gain'],
  xavierNormal: ['gain'],
  kaimingUniform: ['a', 'mode', 'nonlinearity'],
  kaimingNormal: ['a', 'mode', 'nonlinearity'],
  orthogonal: ['gain'],
};

/** @param options those of the formula are taken out already. @throws ArgumentError for what is none */
function filled(
  name: string,
  target: Target,
  options: InitOptions,
  draw: (shape: Shape, seed: number) => Content,
): Tensor {
  checkOptions(name, options, [...ofFormula[name]!, 'seed', 'dtype']);
  const { seed, dtype } = options;
  const own = target instanceof Tensor ? target : null;
  const shape = own ? own.shape : (target as Shape);
  const kind = own?.dtype ?? dtype ?? defaultDtype();
  const content = draw(shape, seedsFrom(seed)())(shape, kind === 'float64' ? 'float64' : 'float32');
  if (!own) return content;
  runtime().assign(own.handle, content.handle);
  return own;
}
