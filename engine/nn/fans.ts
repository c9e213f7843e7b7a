import { ShapeError } from '../tensor/errors.ts';
import { type Shape, showShape, sizeOf } from '../tensor/shape.ts';

export type FanMode = 'fanIn' | 'fanOut';
export type Nonlinearity = 'linear' | 'conv1d' | 'conv2d' | 'sigmoid' | 'tanh' | 'relu' | 'leakyRelu' | 'selu';

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

/** What a nonlinearity does to the deviation of its input, undone: PyTorch's `calculate_gain`. */
export function calculateGain(nonlinearity: Nonlinearity, negativeSlope = 0.01): number {
  switch (nonlinearity) {
    case 'linear':
    case 'conv1d':
    case 'conv2d':
    case 'sigmoid':
      return 1;
    case 'tanh':
      return 5 / 3;
    case 'relu':
      return Math.SQRT2;
    case 'leakyRelu':
      return Math.sqrt(2 / (1 + negativeSlope ** 2));
    case 'selu':
      return 3 / 4;
  }
}
