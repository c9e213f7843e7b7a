import { full, param } from '../autograd/create.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { defaultDtype } from '../tensor/dtype.ts';
import { uniform } from '../tensor/random.ts';
import { type Shape, showShape } from '../tensor/shape.ts';
import { ShapeError } from '../tensor/errors.ts';
import { type Content, uniformNumbers } from './draw.ts';

/** What every layer with parameters takes. */
export interface LayerOptions {
  /** What the initial parameters are drawn from. Without one, each layer of a program takes the next of a fixed sequence. */
  readonly seed?: number;
  /** Default: what `setDefaultDtype` says, float32 from the start. */
  readonly dtype?: 'float32' | 'float64';
}

const standard = (): 'float32' | 'float64' => (defaultDtype() === 'float64' ? 'float64' : 'float32');

/** A parameter with this content. @throws ShapeError for sizes that are no whole numbers from 1. */
export function parameterOf(shape: Shape, content: Content, dtype: LayerOptions['dtype'] = standard()): Tensor {
  if (!shape.every((size) => Number.isSafeInteger(size) && size > 0))
    throw new ShapeError(
      `A layer's parameter would have the shape ${showShape(shape)}: sizes are whole numbers from 1.`,
    );
  return param(content(shape, dtype));
}

let unseeded = 0;

/** The seeds of a layer's parts, drawn from the layer's own: neighbouring seeds of two layers share no numbers. */
export function seedsFrom(seed = 0x10ad + unseeded++): () => number {
  const next = uniform(seed);
  return () => Math.floor(next() * 2 ** 32);
}

/** Makes parameters of U(−bound, bound). */
export const drawnBelow =
  (bound: number, seeds: () => number, dtype?: LayerOptions['dtype']) =>
  (shape: Shape): Tensor =>
    parameterOf(shape, uniformNumbers(-bound, bound, seeds()), dtype);

/** A parameter of one value throughout. */
export const filledWith = (value: number, shape: Shape, dtype?: LayerOptions['dtype']): Tensor =>
  parameterOf(shape, (size, kind) => full(size, value, { dtype: kind }), dtype);
