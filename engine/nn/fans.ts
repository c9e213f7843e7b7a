import { oneOf } from '../autograd/options.ts';
import { ShapeError } from '../tensor/errors.ts';
import { type Shape, showShape, sizeOf } from '../tensor/shape.ts';

export type FanMode = 'fanIn' | 'fanOut';

const one = (): number => 1;
/** By what follows the weights; the negative slope is `leakyRelu`'s. */
const gains = {
  linear: one,
  conv1d: one,
  conv2d: one,
  convTranspose1d: one,
  convTranspose2d: one,
  sigmoid: one,
  tanh: () => 5 / 3,
  relu: () => Math.SQRT2,
  leakyRelu: (slope: number) => Math.sqrt(2 / (1 + slope ** 2)),
  selu: () => 3 / 4,
};
export type Nonlinearity = keyof typeof gains;
export const nonlinearities = Object.keys(gains) as readonly Nonlinearity[];

/**
 * How many inputs make one output of a weight, and how many outputs one input takes part in: for [out, in, …kernel],
 * in and out times the size of the kernel. @throws ShapeError for less than two dimensions.
 */
export function fansOf(name: string, shape: Shape): Record<FanMode, number> {
  if (shape.length < 2) {
    throw new ShapeError(
      `${name}: a tensor of shape ${showShape(shape)} has no inputs and outputs; a weight is [out, in] or [out, in, …kernel].`,
    );
  }
  const kernel = sizeOf(shape.slice(2));
  return { fanIn: shape[1]! * kernel, fanOut: shape[0]! * kernel };
}

/** What a nonlinearity does to the deviation of its input, undone: PyTorch's `calculate_gain`. @throws ArgumentError */
export const calculateGain = (nonlinearity: Nonlinearity, negativeSlope = 0.01): number =>
  gains[oneOf('calculateGain', 'nonlinearity', nonlinearity, nonlinearities)](negativeSlope);
