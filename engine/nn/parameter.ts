import { full, param } from '../autograd/create.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { defaultDtype } from '../tensor/dtype.ts';
import { uniform } from '../tensor/random.ts';
import { ShapeError, describeValue } from '../tensor/errors.ts';
import type { Shape } from '../tensor/shape.ts';
import { type Content, uniformNumbers } from './draw.ts';

/** What every layer with parameters takes. */
export interface LayerOptions {
  /** What the initial parameters are drawn from. Without one, each layer of a program takes the next of a fixed sequence. */
  readonly seed?: number;
  /** Default: what `setDefaultDtype` says, float32 from the start. */
  readonly dtype?: 'float32' | 'float64';
}

/** The options of every layer with parameters, and what they are when not given. */
export interface LayerSettings {
  readonly seed: number | undefined;
  readonly dtype: LayerOptions['dtype'] | undefined;
}
export const layerDefaults: LayerSettings = { seed: undefined, dtype: undefined };

/** @throws ShapeError naming the layer and the size, unless all are whole numbers from 1. */
export function requireSizes(layer: string, sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes))
    if (!Number.isSafeInteger(size) || size < 1)
      throw new ShapeError(`${layer}: ${name} must be a whole number from 1, not ${describeValue(size)}.`);
}

const standard = (): 'float32' | 'float64' => (defaultDtype() === 'float64' ? 'float64' : 'float32');

/** A parameter with this content. */
export const parameterOf = (shape: Shape, content: Content, dtype: LayerSettings['dtype'] = standard()): Tensor =>
  param(content(shape, dtype));

let unseeded = 0;

/** The seeds of a layer's parts, drawn from the layer's own: neighbouring seeds of two layers share no numbers. */
export function seedsFrom(seed = 0x10ad + unseeded++): () => number {
  const next = uniform(seed);
  return () => Math.floor(next() * 2 ** 32);
}

/** Makes parameters of U(−bound, bound). */
export const drawnBelow =
  (bound: number, seeds: () => number, dtype?: LayerSettings['dtype']) =>
  (shape: Shape): Tensor =>
    parameterOf(shape, uniformNumbers(-bound, bound, seeds()), dtype);

/** A parameter of one value throughout. */
export const filledWith = (value: number, shape: Shape, dtype?: LayerSettings['dtype']): Tensor =>
  parameterOf(shape, (size, kind) => full(size, value, { dtype: kind }), dtype);
