import { runtime } from '../tensor/current-runtime.ts';
import { type DType, defaultDtype, isDType, isFloat } from '../tensor/dtype.ts';
import { ArgumentError, GradientError, ShapeError, describeValue } from '../tensor/errors.ts';
import type { Distribution } from '../tensor/random.ts';
import type { Attributes, Described, LeafKind } from '../tensor/runtime.ts';
import { type Shape, checkShape, sizeOf } from '../tensor/shape.ts';
import { rememberCut } from './cuts.ts';
import { type Nested, flatten } from './nested.ts';
import { optionsOf } from './options.ts';
import { rememberParameter } from './parameters.ts';
import { pureFunction } from './shortcuts.ts';
import { Tensor } from './tensor.ts';

export type { Nested } from './nested.ts';

/** Whatever can stand for a tensor in an op. */
export type TensorLike = Tensor | Nested;

export interface TensorOptions {
  /** Default: what `setDefaultDtype` says, float32 from the start. */
  readonly dtype?: DType;
  readonly requiresGrad?: boolean;
}

/** The same with everything said; the dtype is that of the content where it has one. */
interface TensorSettings {
  readonly dtype: DType | undefined;
  readonly requiresGrad: boolean;
}
const unset: TensorSettings = { dtype: undefined, requiresGrad: false };

function leaf(name: string, kind: LeafKind, content: TensorLike, { dtype, requiresGrad }: TensorSettings): Tensor {
  if (content instanceof Tensor) {
    const what = checked(name, { shape: content.shape, dtype: dtype ?? content.dtype, requiresGrad });
    const made = new Tensor(runtime().copy(kind, content.handle, what), what);
    if (!what.requiresGrad) rememberCut(made, 'tensor', [content]);
    return made;
  }
  const { shape, numbers } = flatten(name, content);
  const what = checked(name, { shape, dtype: dtype ?? defaultDtype(), requiresGrad });
  return new Tensor(runtime().leaf(kind, numbers, what), what);
}

/** @throws ArgumentError, GradientError for a dtype that there is not, or that has no gradient */
function checked(name: string, what: Described): Described {
  const { dtype, requiresGrad } = what;
  if (!isDType(dtype)) {
    const named = typeof dtype === 'string' ? `'${(dtype as string).slice(0, 40)}'` : describeValue(dtype);
    throw new ArgumentError(`${name}: there is no dtype ${named}: use float32, float64, int32 or bool.`);
  }
  if (requiresGrad && !isFloat(dtype)) {
    throw new GradientError(`${name}: a tensor of ${dtype} cannot require a gradient; only float32 and float64 can.`);
  }
  return what;
}

/** @throws ArgumentError for a shape, which TensorFlow.js takes after the content, and for options that there are not */
function leafOptions(name: string, options: TensorOptions, defaults: TensorSettings): TensorSettings {
  if (!Array.isArray(options)) return optionsOf(name, options, defaults);
  const shaped = `tensor(content).reshape(${describeValue(options)})`;
  throw new ArgumentError(
    `${name}: the content's own arrays say the shape; of one flat list write ${name === 'tensor' ? shaped : `${name}(${shaped})`}.`,
  );
}

/** A tensor that is no parameter: a constant, unless `requiresGrad` is set. */
export const tensor = pureFunction((content: TensorLike, options: TensorOptions = {}): Tensor =>
  leaf(
    'tensor',
    options.requiresGrad === true ? 'parameter' : 'constant',
    content,
    leafOptions('tensor', options, unset),
  ),
);

/**
 * A leaf to be learned: it requires a gradient. Named after the variable that holds it.
 * @throws GradientError for a tensor that requires one already: a copy would be cut off from it without a word.
 */
export const param = (content: TensorLike, options: TensorOptions = {}): Tensor => {
  if (content instanceof Tensor && content.requiresGrad) {
    throw new GradientError(
      'param: this tensor requires a gradient already. Use it as it is, or start anew from its content: param(x.detach()).',
    );
  }
  const parameter = leaf(
    'param',
    'parameter',
    content,
    leafOptions('param', options, { ...unset, requiresGrad: true }),
  );
  rememberParameter(parameter);
  return parameter;
};

/** A leaf that the model is fed with. Requires no gradient unless asked to. */
export const input = pureFunction((content: TensorLike, options: TensorOptions = {}): Tensor =>
  leaf('input', 'input', content, leafOptions('input', options, unset)),
);

/** A tensor whose content the library made. @throws ShapeError, ArgumentError naming the function */
export function filledWith(
  name: string,
  shape: Shape,
  content: (size: number) => ArrayLike<number>,
  options: TensorOptions = {},
): Tensor {
  checkSizes(name, shape, options);
  const { dtype = defaultDtype(), requiresGrad } = optionsOf<TensorSettings>(name, options, unset);
  const what = checked(name, { shape, dtype, requiresGrad });
  return new Tensor(runtime().leaf(requiresGrad ? 'parameter' : 'constant', content(sizeOf(shape)), what), what);
}

function filled(name: string, shape: Shape, value: unknown, options: TensorOptions): Tensor {
  if (typeof value === 'number' || typeof value === 'boolean')
    return filledWith(name, shape, (size) => new Float64Array(size).fill(Number(value)), options);
  throw new ArgumentError(`${name}: fills a shape with one number, not with ${describeValue(value)}.`);
}

/** A tensor of one number throughout. */
export const full = (shape: Shape, value: number, options: TensorOptions = {}): Tensor =>
  filled('full', shape, value, options);
export const zeros = (shape: Shape, options: TensorOptions = {}): Tensor => filled('zeros', shape, 0, options);
export const ones = (shape: Shape, options: TensorOptions = {}): Tensor => filled('ones', shape, 1, options);

let unseeded = 0;
/** Where random numbers start when nobody says. */
export const nextSeed = (): number => 0x5eed + unseeded++;

export interface RandomOptions extends TensorOptions {
  /** Equal seeds give equal numbers. Without one, each call of a program takes the next of a fixed sequence of seeds. */
  readonly seed?: number;
}

/** Random numbers, drawn where they are needed: the content does not pass through the program. */
export function drawn(
  distribution: Distribution,
  shape: Shape,
  attributes: Attributes,
  options: RandomOptions,
): Tensor {
  checkSizes(distribution, shape, options);
  const {
    seed = nextSeed(),
    dtype = defaultDtype(),
    requiresGrad,
  } = optionsOf<TensorSettings & { seed: number | undefined }>(distribution, options, { ...unset, seed: undefined });
  if (typeof seed !== 'number' || !Number.isFinite(seed))
    throw new ArgumentError(`${distribution}: the seed must be a number, not ${describeValue(seed)}.`);
  const what = checked(distribution, { shape, dtype, requiresGrad: false });
  const made = new Tensor(runtime().generate(distribution, { seed, ...attributes }, what), what);
  return requiresGrad ? tensor(made, { requiresGrad }) : made;
}

/** As `checkShape`; sizes one after the other are told apart from a shape and options. */
function checkSizes(name: string, shape: Shape, options: unknown): void {
  if (typeof shape === 'number' && typeof options === 'number')
    throw new ShapeError(`${name}: sizes go in a list: ${name}([${Number(shape)}, ${options}]).`);
  checkShape(name, shape);
}

/** Standard normal numbers. */
export const randn = (shape: Shape, options: RandomOptions = {}): Tensor => drawn('randn', shape, {}, options);

/** What an op does with an argument that is no tensor: a constant, of the dtype of the tensor it meets. `name` is for errors. */
export function asTensor(value: TensorLike, like?: Tensor, name = 'tensor'): Tensor {
  if (value instanceof Tensor) return value;
  const dtype = like ? dtypeBeside(like.dtype, value) : defaultDtype();
  if (typeof value !== 'number') return leaf(name, 'constant', value, { dtype, requiresGrad: false });
  const what = (scalars[dtype] ??= { shape: [], dtype, requiresGrad: false });
  return new Tensor(runtime().leaf('constant', [value], what), what);
}

/** Numbers in programs are many, and all alike. */
const scalars: Partial<Record<DType, Described>> = {};

/** A number takes the dtype of floats that it meets; a whole one stays whole beside whole numbers, as in PyTorch. */
function dtypeBeside(dtype: DType, value: Nested): DType {
  if (isFloat(dtype)) return dtype;
  return Number.isInteger(value) ? 'int32' : defaultDtype();
}
