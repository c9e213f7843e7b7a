/** The library was asked for something it cannot do. `name` survives the sandbox's wall, where only texts cross. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** A model function returned something that a backward pass cannot start from. */
export class NotALoss extends Error {
  override readonly name = 'NotALoss';
}

/** A number that is not finite was made of finite ones, while `detectAnomaly` watched. */
export class AnomalyError extends Error {
  override readonly name = 'AnomalyError';
}

/** A gradient was asked for where there can be none, or twice where there is one. */
export class GradientError extends Error {
  override readonly name = 'GradientError';
}
