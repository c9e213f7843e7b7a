import { rememberParameter } from '../autograd/parameters.ts';
import { Tensor } from '../autograd/tensor.ts';
import { runtime } from '../tensor/current-runtime.ts';
import { type DType, defaultDtype } from '../tensor/dtype.ts';
import { uniform } from '../tensor/random.ts';
import { type Shape, showShape, sizeOf } from '../tensor/shape.ts';
import { ShapeError } from '../tensor/errors.ts';
import { uniformNumbers } from './draw.ts';

/** What every layer with parameters takes. */
export interface LayerOptions {
  /** What the initial parameters are drawn from. Without one, each layer of a program takes the next of a fixed sequence. */
  readonly seed?: number;
  /** Default: what `setDefaultDtype` says, float32 from the start. */
  readonly dtype?: 'float32' | 'float64';
}

/** A parameter from row-major numbers. @throws ShapeError for sizes that are no whole numbers from 1. */
export function parameterOf(shape: Shape, content: () => ArrayLike<number>, dtype: DType = defaultDtype()): Tensor {
  if (!shape.every((size) => Number.isSafeInteger(size) && size > 0))
    throw new ShapeError(
      `A layer's parameter would have the shape ${showShape(shape)}: sizes are whole numbers from 1.`,
    );
  const what = { shape, dtype, requiresGrad: true };
  const made = new Tensor(runtime().leaf('parameter', content(), what), what);
  rememberParameter(made);
  return made;
}

let unseeded = 0;

/** The seeds of a layer's parts, drawn from the layer's own: neighbouring seeds of two layers share no numbers. */
export function seedsFrom(seed = 0x10ad + unseeded++): () => number {
  const next = uniform(seed);
  return () => Math.floor(next() * 2 ** 32);
}

/** Makes parameters of U(−bound, bound). */
export const drawnBelow =
  (bound: number, seeds: () => number, dtype?: DType) =>
  (shape: Shape): Tensor =>
    parameterOf(shape, () => uniformNumbers(shape, -bound, bound, seeds()), dtype);

/** A parameter of one value throughout. */
export const filledWith = (value: number, shape: Shape, dtype?: DType): Tensor =>
  parameterOf(shape, () => new Float64Array(sizeOf(shape)).fill(value), dtype);
