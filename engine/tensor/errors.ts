/** The library was asked for something it cannot do. `name` survives the sandbox's wall, where only texts cross. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** A model function returned something that a backward pass cannot start from. */
export class NotALoss extends Error {
  override readonly name = 'NotALoss';
}

/** A gradient was asked for where there can be none, or twice where there is one. */
export class GradientError extends Error {
  override readonly name = 'GradientError';
}
